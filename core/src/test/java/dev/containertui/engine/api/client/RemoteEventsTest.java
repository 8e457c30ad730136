package dev.containertui.engine.api.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteEventsTest {
  @TempDir Path directory;
  private final AtomicInteger revived = new AtomicInteger();

  private ApiClient client() {
    return new ApiClient(
        directory.resolve("engine.sock"),
        revived::incrementAndGet,
        _ -> {},
        Duration.ofMillis(300));
  }

  @Test
  void whereNobodyListensASubscriptionWaitsAndStartsNothing() throws Exception {
    try (ApiClient api = client()) {
      RemoteEvents events = RemoteEvents.subscribe(api, new Changes(), Optional.empty(), _ -> {});
      Thread.sleep(500);
      events.close();
    }
    assertEquals(0, revived.get());
  }

  @Test
  void anEngineThatDoesNotBeginToAnswerIsNotAwaitedForEver() throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ApiClient api = client()) {
      silent.bind(UnixDomainSocketAddress.of(directory.resolve("engine.sock")));
      EngineException late =
          assertThrows(
              EngineException.class,
              () -> api.streamSoon(new Request.Builder().url(ApiClient.url("events").build())));
      assertEquals(Kind.TIMEOUT, late.kind());
      assertTrue(late.getMessage().startsWith("the engine did not answer"), late.getMessage());
    }
  }
}
