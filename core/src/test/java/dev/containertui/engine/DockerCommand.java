package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real docker command, as a client of a socket. */
final class DockerCommand {
  private static final long DEADLINE_SECONDS = 180;

  /** What a command has done. */
  record Result(int exitCode, byte[] outBytes, String err) {
    String out() {
      return new String(outBytes, StandardCharsets.UTF_8);
    }

    /** Standard output, if the command has succeeded. */
    String ok() {
      assertEquals(0, exitCode, () -> "stdout: " + out() + "\nstderr: " + err);
      return out();
    }

    /** Standard error, if the command has failed in the way that is expected. */
    String failed(int code) {
      assertEquals(code, exitCode, () -> "stdout: " + out() + "\nstderr: " + err);
      return err;
    }
  }

  private final Path socket;
  private final Path configuration;
  private final List<String> environment = new ArrayList<>();

  /**
   * @param configuration an empty directory: nobody's contexts and plugins
   */
  DockerCommand(Path socket, Path configuration) {
    this.socket = socket;
    this.configuration = configuration;
  }

  /** The same with one more variable, {@code NAME=value}. */
  DockerCommand with(String variable) {
    DockerCommand other = new DockerCommand(socket, configuration);
    other.environment.addAll(environment);
    other.environment.add(variable);
    return other;
  }

  Result run(String... arguments) throws Exception {
    return runWith(new byte[0], arguments);
  }

  /** Standard output of a command that succeeds, without the last line end. */
  String ok(String... arguments) throws Exception {
    return run(arguments).ok().strip();
  }

  Result runWith(byte[] input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return finish(start(command), input);
  }

  /** On a terminal, to which {@code input} is typed at once; both outputs are one. */
  Result onTerminal(String input, String... arguments) throws Exception {
    StringBuilder line = new StringBuilder("stty rows 33 cols 99; exec docker");
    for (String argument : arguments) {
      line.append(" '").append(argument).append('\'');
    }
    return finish(
        start(List.of("script", "-qefc", line.toString(), "/dev/null")),
        input.getBytes(StandardCharsets.UTF_8));
  }

  Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DOCKER_HOST", "unix://" + socket);
    builder.environment().put("DOCKER_CONFIG", configuration.toString());
    builder.environment().remove("DOCKER_CONTEXT");
    for (String variable : environment) {
      int equals = variable.indexOf('=');
      builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return builder.start();
  }

  Process startDocker(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return start(command);
  }

  static Result finish(Process process, byte[] input) throws Exception {
    CompletableFuture<byte[]> out = reading(process.getInputStream());
    CompletableFuture<byte[]> err = reading(process.getErrorStream());
    Thread.ofVirtual().start(() -> write(process.getOutputStream(), input));
    try {
      assertTrue(
          process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS),
          () -> "it does not end: " + process.info().commandLine().orElse(""));
    } finally {
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(),
        out.get(DEADLINE_SECONDS, TimeUnit.SECONDS),
        new String(err.get(DEADLINE_SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8));
  }

  private static void write(OutputStream target, byte[] input) {
    try (target) {
      target.write(input);
    } catch (IOException e) {
      // It does not read its input to the end, which some commands do not.
    }
  }

  private static CompletableFuture<byte[]> reading(InputStream source) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }
}
