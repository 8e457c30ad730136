package dev.containertui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A command that has been described and does not run yet. Nothing happens until {@code start},
 * {@code text}, {@code lines}, {@code code}, {@code result} or {@code interactive} is called.
 *
 * @param <S> what the describing methods return: this very object
 */
public abstract sealed class Command<S extends Command<S>> implements Output permits Run, Exec {
  private final Map<String, String> environment = new LinkedHashMap<>();
  private UnaryOperator<Job> afterStart = UnaryOperator.identity();
  private Job job;

  Command() {}

  abstract S self();

  /** Starts it with three pipes; the input is open. */
  abstract Job launch();

  /** Prepares what is started when a terminal is there. */
  abstract ContainerProcess launchOn(TerminalSize size);

  final Map<String, String> environment() {
    return environment;
  }

  /**
   * Sets an environment variable, besides those of image and container.
   *
   * <pre>{@code run("alpine", "env").env("GREETING", "hello").text()}</pre>
   */
  public S env(String variable, String value) {
    Args.required("env(variable, value)", "variable", variable);
    if (variable.indexOf('=') >= 0) {
      throw Args.wrong(
          "env(variable, value)", variable, "a variable's name", "name and value as two arguments");
    }
    environment.put(variable, Args.present("env(variable, value)", "the value", value));
    return self();
  }

  /** Sets several environment variables. */
  public S env(Map<String, String> variables) {
    Args.present("env(variables)", "the map", variables).forEach(this::env);
    return self();
  }

  /** The directory in the container to begin in, an absolute path. */
  public abstract S workdir(String path);

  /** Who it runs as: {@code "name"}, {@code "1000"}, {@code "1000:1000"}. */
  public abstract S user(String user);

  /** Gives it a text, as UTF-8, as its standard input, and then the end of it. */
  public S stdin(String text) {
    byte[] bytes = Args.present("stdin(text)", "the text", text).getBytes(StandardCharsets.UTF_8);
    return afterStart(started -> started.stdin(new ByteArrayInputStream(bytes)));
  }

  /** Gives it bytes as its standard input, and then the end of it. */
  public S stdin(byte[] bytes) {
    byte[] copy = Args.present("stdin(bytes)", "the array", bytes).clone();
    return afterStart(started -> started.stdin(new ByteArrayInputStream(copy)));
  }

  /** Gives it a file, of this host or of a container, as its standard input. */
  public S stdin(Path file) {
    Args.required("stdin(path)", "path", file);
    return afterStart(started -> started.stdin(file));
  }

  /** Gives it all of a stream as its standard input, and closes that. */
  public S stdin(InputStream stream) {
    Args.required("stdin(stream)", "stream", stream);
    return afterStart(started -> started.stdin(stream));
  }

  /** Ends it if it still runs so long after its start; see {@link Job#timeout(Duration)}. */
  public S timeout(Duration limit) {
    Args.positive("timeout(duration)", limit);
    return afterStart(started -> started.timeout(limit));
  }

  /** The same: {@code "500ms"}, {@code "10s"}, {@code "1m30s"}. */
  public S timeout(String limit) {
    return timeout(Args.duration("timeout(duration)", limit));
  }

  private S afterStart(UnaryOperator<Job> step) {
    UnaryOperator<Job> before = afterStart;
    afterStart = started -> step.apply(before.apply(started));
    return self();
  }

  /**
   * Starts it and does not wait: the process is the caller's. Called again it gives the same
   * process.
   */
  public final synchronized Job start() {
    if (job == null) {
      Job started = launch();
      try {
        job = afterStart.apply(started);
      } catch (RuntimeException e) {
        started.destroyForcibly();
        throw e;
      }
    }
    return job;
  }

  @Override
  public Result result() {
    return start().result();
  }

  /** Starts it, and connects its standard output to another one's standard input. */
  public Pipeline pipe(Job next) {
    return start().pipe(next);
  }

  /**
   * Runs it on this terminal until it ends; Ctrl-] comes back before, and ends it.
   *
   * @return its exit code
   * @throws dev.containertui.error.EngineException INVALID if there is no terminal
   */
  public int interactive() {
    return Session.current().frontend().handOver(this::launchOn);
  }

  static Optional<String> path(String method, String path) {
    if (!Args.required(method, "path", path).startsWith("/")) {
      throw Args.wrong(method, path, "an absolute path", "it from the root on, as in \"/srv\"");
    }
    return Optional.of(path);
  }
}
