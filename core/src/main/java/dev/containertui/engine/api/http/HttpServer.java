package dev.containertui.engine.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts connections and serves each on a virtual thread. Idle, it does nothing at all. */
public final class HttpServer implements AutoCloseable {
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
  private static final long ACCEPT_RETRY_MILLIS = 100;

  private final ServerSocketChannel listener;
  private final Limits limits;
  private final Handler handler;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile Instant lastActive = Instant.now();
  private volatile boolean closed;

  private HttpServer(ServerSocketChannel listener, Limits limits, Handler handler) {
    this.listener = listener;
    this.limits = limits;
    this.handler = handler;
  }

  /**
   * Serves the clients of a listening socket until it is closed.
   *
   * @param listener in blocking mode; closed with the server
   */
  public static HttpServer start(ServerSocketChannel listener, Limits limits, Handler handler) {
    HttpServer server = new HttpServer(listener, limits, handler);
    Thread.ofVirtual().name("api-listener").start(server::accept);
    return server;
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.size();
  }

  /** When a client last came or went; the start of the server if none has. */
  public Instant lastActive() {
    return lastActive;
  }

  private void accept() {
    while (!closed) {
      try {
        serve(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // No file descriptors left, most likely. They come back when clients go.
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ACCEPT_RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel channel) throws IOException {
    if (connections.size() >= limits.maxConnections()) {
      turnAway(channel);
      return;
    }
    Connection connection = new Connection(channel, limits, handler);
    connections.add(connection);
    lastActive = Instant.now();
    Thread thread =
        Thread.ofVirtual()
            .name("api-connection")
            .unstarted(
                () -> {
                  try {
                    connection.run();
                  } finally {
                    lastActive = Instant.now();
                    connections.remove(connection);
                    threads.remove(Thread.currentThread());
                  }
                });
    threads.add(thread);
    thread.start();
    if (closed) {
      connection.abort();
    }
  }

  /** Must not wait for the client: others want to be accepted. */
  private static void turnAway(SocketChannel channel) throws IOException {
    try (channel) {
      channel.configureBlocking(false);
      channel.write(
          ByteBuffer.wrap(
              "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** Accepts nobody any more, ends all connections and what is done for them. */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      // Closed all the same.
    }
    connections.forEach(Connection::abort);
    long deadline = System.nanoTime() + CLOSE_DEADLINE.toNanos();
    try {
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) {
          thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
