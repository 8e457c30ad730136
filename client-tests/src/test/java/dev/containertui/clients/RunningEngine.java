package dev.containertui.clients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An engine of its own for a test, started as a user would start it. */
final class RunningEngine {
  static final String IMAGE = "busybox:local";

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final List<String> APPLETS =
      List.of("sh", "cat", "echo", "sleep", "true", "ls", "env", "kill", "ps", "hostname");

  private final Path home;
  private final Process engine;

  private RunningEngine(Path home, Process engine) {
    this.home = home;
    this.engine = engine;
  }

  /**
   * @param home an empty directory with a short path
   */
  static RunningEngine start(Path home) throws IOException, InterruptedException {
    Path cached = CHECKOUT.resolve("target/test-cache/program-home");
    if (Files.exists(cached.resolve("complete"))) {
      run(List.of("cp", "-a", "--reflink=auto", cached + "/.", home.toString()), home);
    } else {
      run(program("kernel", "install"), home);
    }
    Path log = home.resolve("engine.out");
    Process process =
        builder(program("engine"), home)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    RunningEngine running = new RunningEngine(home, process);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!running.listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("the engine did not start: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
    return running;
  }

  /** The socket's file is there a moment before anybody listens. */
  private boolean listens() {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  Path socket() {
    return home.resolve("run/engine.sock");
  }

  /**
   * Makes the image that the tests run: busybox and nothing else. By our own command: docker-java
   * sends two bytes instead of an archive.
   */
  void importImage() throws IOException, InterruptedException {
    Path archive = Files.write(home.resolve("busybox.tar"), rootFilesystem());
    run(program("import", archive.toString(), IMAGE), home);
  }

  private static byte[] rootFilesystem() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String directory : List.of("bin/", "etc/", "tmp/", "data/")) {
        tar.putArchiveEntry(new TarArchiveEntry(directory));
        tar.closeArchiveEntry();
      }
      byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
      TarArchiveEntry program = new TarArchiveEntry("bin/busybox");
      program.setMode(0755);
      program.setSize(busybox.length);
      tar.putArchiveEntry(program);
      tar.write(busybox);
      tar.closeArchiveEntry();
      for (String applet : APPLETS) {
        TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarArchiveEntry.LF_SYMLINK);
        link.setLinkName("busybox");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> program(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(CHECKOUT.resolve("container-tui").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static ProcessBuilder builder(List<String> command, Path home) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CONTAINER_TUI_HOME", home.toString());
    builder.environment().put("CONTAINER_TUI_NO_BUILD", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private static void run(List<String> command, Path home)
      throws IOException, InterruptedException {
    Process process = builder(command, home).inheritIO().start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + " failed");
    }
  }

  /** Ends the engine and its containers. */
  void stop() throws IOException, InterruptedException {
    try {
      run(program("engine", "stop", "--containers"), home);
    } finally {
      if (!engine.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        engine.destroyForcibly();
      }
    }
  }
}
