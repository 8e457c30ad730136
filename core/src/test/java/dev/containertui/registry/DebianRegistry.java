package dev.containertui.registry;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The distribution's {@code docker-registry} package as a process on a free loopback port. */
public final class DebianRegistry implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** A port that is free now may be somebody else's in a moment. */
  private static final int MAX_TRIES = 5;

  private final Process process;
  private final int port;

  private DebianRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a registry.
   *
   * @param directory for its configuration and content
   * @param auth the {@code auth} section of its configuration; empty: open to all
   */
  public static DebianRegistry start(Path directory, String auth) throws IOException {
    Path log = directory.resolve("log");
    for (int i = 1; ; i++) {
      DebianRegistry registry = launch(directory, auth, log);
      try {
        if (registry.answers()) {
          return registry;
        }
        String said = Files.readString(log);
        if (i == MAX_TRIES || !said.contains("address already in use")) {
          throw new AssertionError("docker-registry does not come up: " + said);
        }
      } catch (RuntimeException | IOException | Error e) {
        registry.close();
        throw e;
      }
    }
  }

  private static DebianRegistry launch(Path directory, String auth, Path log) throws IOException {
    int port = freePort();
    Files.createDirectories(directory.resolve("data"));
    Path config =
        Files.writeString(
            directory.resolve("config.yml"),
            """
            version: 0.1
            log: {level: warn, accesslog: {disabled: true}}
            storage: {filesystem: {rootdirectory: "%s"}}
            http: {addr: "127.0.0.1:%d"}
            %s
            """
                .formatted(directory.resolve("data"), port, auth));
    Process process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new DebianRegistry(process, port);
  }

  /** Whether it is up; false if it has ended, or is too slow. */
  private boolean answers() {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() - end < 0 && process.isAlive()) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/v2/").toURL().openConnection();
        connection.getResponseCode();
        connection.disconnect();
        return process.isAlive();
      } catch (IOException notYet) {
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String address() {
    return "localhost:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
