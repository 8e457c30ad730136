package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
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

  /**
   * On a terminal of 99 columns and 33 lines; both outputs are one.
   *
   * @param dialogue what to wait for and what to type then, by turns
   */
  Result onTerminal(List<String> dialogue, String... arguments) throws Exception {
    StringBuilder line = new StringBuilder("stty rows 33 cols 99; exec docker");
    for (String argument : arguments) {
      line.append(" '").append(argument).append('\'');
    }
    Process process = start(List.of("script", "-qefc", line.toString(), "/dev/null"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread typist = Thread.ofVirtual().start(() -> converse(process, dialogue, said));
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("it does not end; it said: " + said);
    }
    typist.join();
    return new Result(process.exitValue(), said.toByteArray(), "");
  }

  private static void converse(Process process, List<String> dialogue, ByteArrayOutputStream said) {
    int turn = 0;
    int heard = 0;
    try {
      byte[] buffer = new byte[4096];
      for (int count = 0; count >= 0; count = process.getInputStream().read(buffer)) {
        said.write(buffer, 0, count);
        while (turn < dialogue.size()
            && said.toString(StandardCharsets.UTF_8).indexOf(dialogue.get(turn), heard) >= 0) {
          heard = said.size();
          process.getOutputStream().write(dialogue.get(turn + 1).getBytes(StandardCharsets.UTF_8));
          process.getOutputStream().flush();
          turn += 2;
        }
      }
    } catch (IOException e) {
      // The terminal is gone, as the process is.
    }
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
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      String line = process.info().commandLine().orElse("");
      process.destroyForcibly();
      fail("it does not end: " + line);
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
