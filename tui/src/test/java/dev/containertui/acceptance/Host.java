package dev.containertui.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the host, the program under test among them, with a deadline. */
final class Host {
  /** The root of the checkout. */
  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  /**
   * Where expensive parts (images, kernels) are kept between builds; {@code mvn clean} leaves it
   * alone.
   */
  static final Path CACHE =
      Path.of(
          System.getenv()
              .getOrDefault("CONTAINER_TUI_TEST_CACHE", CHECKOUT + "/target/test-cache"));

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** For what compiles or packs. */
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

  private Host() {}

  record Result(int exitCode, byte[] stdout, String stderr) {
    String text() {
      return new String(stdout, StandardCharsets.UTF_8);
    }

    Result expect(int code) {
      if (exitCode != code) {
        throw new AssertionError(
            "exit code " + exitCode + " instead of " + code + "\n" + text() + "\n" + stderr);
      }
      return this;
    }
  }

  /** Runs a command to its end; fails the test if it is not there or takes too long. */
  static Result run(List<String> command) throws IOException, InterruptedException {
    return run(command, new byte[0], Map.of());
  }

  static Result run(List<String> command, byte[] stdin, Map<String, String> environment)
      throws IOException, InterruptedException {
    return finish(start(command, environment), stdin);
  }

  static Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a command that compiles or packs, or starts with that. */
  static Result build(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return finish(start(command, environment), new byte[0], BUILD_LIMIT);
  }

  static Result finish(Process process, byte[] stdin) throws InterruptedException {
    return finish(process, stdin, LIMIT);
  }

  private static Result finish(Process process, byte[] stdin, Duration limit)
      throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Thread feeder = Thread.ofVirtual().start(() -> feed(process.getOutputStream(), stdin));
    Thread outReader = Thread.ofVirtual().start(() -> drain(process.getInputStream(), out));
    Thread errReader = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), err));
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(
          process.info().commandLine() + " did not end within " + limit + "\n" + err);
    }
    outReader.join(Duration.ofSeconds(10));
    errReader.join(Duration.ofSeconds(10));
    feeder.interrupt();
    return new Result(process.exitValue(), out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a host tool that has to succeed. */
  static String tool(String... command) throws IOException, InterruptedException {
    return run(List.of(command)).expect(0).text();
  }

  /** The command line that starts the built program with these arguments. */
  static List<String> program(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(CHECKOUT.resolve("container-tui").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static void feed(OutputStream to, byte[] bytes) {
    try (to) {
      to.write(bytes);
    } catch (IOException e) {
      // The process ended without reading all of its input: its business.
    }
  }

  private static void drain(InputStream from, ByteArrayOutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      // The process was killed: what came before counts.
    }
  }

  static void deleteTree(Path root) throws IOException, InterruptedException {
    if (Files.exists(root)) {
      tool("rm", "-rf", "--one-file-system", root.toString());
    }
  }
}
