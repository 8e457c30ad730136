package dev.containertui.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The distribution's {@code docker-registry}, on a free loopback port, with its storage in a
 * directory of its own.
 */
final class RealRegistry implements AutoCloseable {
  private final Process process;
  private final int port;

  private RealRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** A port that is free now may be somebody else's in a moment. */
  private static final int MAX_TRIES = 5;

  static RealRegistry start(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("storage"));
    for (int i = 1; ; i++) {
      RealRegistry registry = launch(directory);
      if (registry.answers()) {
        return registry;
      }
      registry.close();
      String said = Files.readString(directory.resolve("registry.log"));
      if (i == MAX_TRIES || !said.contains("address already in use")) {
        throw new AssertionError("docker-registry does not answer: " + said);
      }
    }
  }

  private static RealRegistry launch(Path directory) throws IOException {
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    Path config = directory.resolve("registry.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log:
          level: error
        storage:
          filesystem:
            rootdirectory: %s
        http:
          addr: 127.0.0.1:%d
        """
            .formatted(directory.resolve("storage"), port));
    Process process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("registry.log").toFile())
            .start();
    return new RealRegistry(process, port);
  }

  /** Whether it is up; false if it has ended, or is too slow. */
  private boolean answers() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return process.isAlive();
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    return false;
  }

  /** {@code 127.0.0.1:port/name}. */
  String reference(String name) {
    return "127.0.0.1:" + port + "/" + name;
  }

  /** Copies an image of an OCI layout into the registry. */
  void push(Path layout, String tag, String name) throws IOException, InterruptedException {
    Host.tool(
        "skopeo",
        "copy",
        "--quiet",
        "--dest-tls-verify=false",
        "oci:" + layout + ":" + tag,
        "docker://" + reference(name));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
