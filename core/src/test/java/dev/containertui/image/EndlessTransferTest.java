package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.containertui.error.EngineException.Kind;
import dev.containertui.registry.server.Faults;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A registry that gives a layer up again and again, but never the whole of it. */
class EndlessTransferTest extends PullFixture {
  private static final int HALF = BIG / 2;

  @Test
  void theSameBytesAgainAreNoProgress() {
    faults.on(
        path(big),
        exchange -> {
          if (exchange.getRequestHeaders().get("Range") != null) {
            return Faults.status(exchange, 416);
          }
          exchange.sendResponseHeaders(200, big.blob().length);
          exchange.getResponseBody().write(big.blob(), 0, HALF);
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertPullFails(Kind.UNAVAILABLE));
    assertEquals(3, faults.seen(path(big)).size(), "as many as attempts");
  }
}
