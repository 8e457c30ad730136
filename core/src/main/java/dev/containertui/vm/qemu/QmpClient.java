package dev.containertui.vm.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A client of the QEMU Machine Protocol (docs/interop/qmp-spec.txt of QEMU): one JSON object per
 * line; a greeting, then commands with answers, and events in between.
 *
 * <p>A server that talks nonsense or keeps silent costs the caller an exception at its deadline,
 * and the connection; it never costs unbounded memory or time.
 */
final class QmpClient implements AutoCloseable {
  /** Longer than any answer to the commands in use. */
  private static final int MAX_LINE_BYTES = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SocketChannel channel;
  private final Consumer<QmpEvent> events;
  private final Thread reader;
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong nextId = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile String failure = "";

  /**
   * Something that QEMU reports by itself.
   *
   * @param name for example {@code SHUTDOWN}
   * @param data empty object if the event has none
   */
  record QmpEvent(String name, JsonNode data) {}

  private QmpClient(SocketChannel channel, Consumer<QmpEvent> events) {
    this.channel = channel;
    this.events = events;
    this.reader = Thread.ofVirtual().name("qmp").start(this::read);
  }

  /**
   * Connects, waits for the greeting and leaves the capability negotiation.
   *
   * @param events called on the reading thread; must not block
   * @throws IOException if nobody listens
   * @throws EngineException UNAVAILABLE, TIMEOUT or CANCELLED if the other side does not behave
   */
  static QmpClient connect(Path socket, Duration limit, Consumer<QmpEvent> events)
      throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    var client = new QmpClient(channel, events);
    try {
      client.awaitGreeting(limit);
      client.execute("qmp_capabilities", Map.of(), Duration.ofNanos(deadline - System.nanoTime()));
      return client;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private void awaitGreeting(Duration limit) {
    try {
      if (!greeted.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw timeout("greet", limit);
      }
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
    if (!failure.isEmpty()) {
      throw broken();
    }
  }

  /**
   * Runs a command.
   *
   * @return what it returned
   * @throws EngineException UNAVAILABLE if QEMU refuses it or the connection is gone, TIMEOUT (the
   *     connection is closed then), CANCELLED
   */
  JsonNode execute(String command, Map<String, ?> arguments, Duration limit) {
    String id = Long.toString(nextId.incrementAndGet());
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(id, answer);
    try {
      if (!failure.isEmpty()) {
        throw broken();
      }
      send(id, command, arguments);
      return result(command, answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      close();
      throw timeout("answer " + command, limit);
    } catch (ExecutionException e) {
      throw broken();
    } catch (InterruptedException e) {
      throw cancelled(e);
    } finally {
      waiting.remove(id);
    }
  }

  private static JsonNode result(String command, JsonNode answer) {
    if (answer.has("return")) {
      return answer.get("return");
    }
    throw new EngineException(
        Kind.UNAVAILABLE,
        "QEMU refused " + command + ": " + answer.path("error").path("desc").asText());
  }

  private void send(String id, String command, Map<String, ?> arguments)
      throws InterruptedException {
    ObjectNode request = JSON.createObjectNode();
    request.put("execute", command);
    request.put("id", id);
    if (!arguments.isEmpty()) {
      request.set("arguments", JSON.valueToTree(arguments));
    }
    // An interrupt in the middle of a write would close the channel for everybody.
    writing.lockInterruptibly();
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      ByteBuffer line =
          ByteBuffer.wrap(
              (JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      fail("the connection broke: " + e.getMessage());
      throw broken();
    } finally {
      writing.unlock();
    }
  }

  private void read() {
    var line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
    try {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          byte next = buffer.get();
          if (next != '\n') {
            line.write(next);
          } else if (line.size() > 0) {
            accept(JSON.readTree(line.toByteArray()));
            line.reset();
          }
        }
        if (line.size() > MAX_LINE_BYTES) {
          throw new IOException("endless line");
        }
        buffer.clear();
      }
      fail("it closed the connection");
    } catch (IOException e) {
      fail(e instanceof JsonProcessingException ? "it sent no JSON" : "" + e.getMessage());
    } finally {
      close();
    }
  }

  private void accept(JsonNode message) {
    if (message.has("QMP")) {
      greeted.countDown();
    } else if (message.path("event").isTextual()) {
      events.accept(new QmpEvent(message.get("event").asText(), message.path("data")));
    } else if (message.path("id").isTextual()) {
      CompletableFuture<JsonNode> asker = waiting.get(message.get("id").asText());
      if (asker != null) {
        asker.complete(message);
      }
    }
  }

  private void fail(String what) {
    if (failure.isEmpty()) {
      failure = what;
    }
    greeted.countDown();
    waiting.values().forEach(answer -> answer.completeExceptionally(new IOException(what)));
  }

  /** Waits until no more events can come; false if they still can after {@code limit}. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return reader.join(limit);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }

  private EngineException broken() {
    return new EngineException(Kind.UNAVAILABLE, "QEMU's control socket failed: " + failure);
  }

  private static EngineException timeout(String what, Duration limit) {
    return new EngineException(
        Kind.TIMEOUT, "QEMU did not " + what + " within " + limit.toMillis() + " ms");
  }

  private static EngineException cancelled(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, "waiting for QEMU was cancelled", e);
  }
}
