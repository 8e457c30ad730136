package dev.containertui.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of the host to its end, with a deadline. */
final class Subprocess {
  /** The root of the checkout. */
  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private static final Path ON_PTY = Path.of("src/test/resources/acceptance/on-pty.py");
  private static final long LIMIT_SECONDS = 300;

  private Subprocess() {}

  record Result(int exitCode, String out, String err) {
    Result expect(int code) {
      if (exitCode != code) {
        throw new AssertionError(
            "exit code " + exitCode + ", not " + code + "\n" + out + "\n" + err);
      }
      return this;
    }
  }

  static Result run(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " did not end\n" + Files.readString(err));
      }
      // The output of a terminal need not be whole characters.
      return new Result(
          process.exitValue(),
          new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1),
          new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Plays a scenario on a pseudo terminal of 100x30; see {@code on-pty.py}. */
  static Result onTerminal(List<String> steps, String... command)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("python3", ON_PTY.toAbsolutePath().toString(), "120", "100x30"));
    line.addAll(steps);
    line.add("--");
    line.addAll(List.of(command));
    return run(Path.of("."), Map.of("TERM", "xterm"), line.toArray(String[]::new));
  }

  /** The command that runs a class of the tests in a JVM of its own. */
  static String[] java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }
}
