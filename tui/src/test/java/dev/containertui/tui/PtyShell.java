package dev.containertui.tui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of this machine that stands in for one in a guest: on a real pty, or on pipes. */
final class PtyShell extends ContainerProcess {
  private final String containerId;
  private final Process process;
  private final Optional<Path> ttyName;
  private final Instant startedAt = Instant.now();

  PtyShell(
      String containerId,
      List<String> command,
      Map<String, String> environment,
      Optional<TerminalSize> terminal) {
    this.containerId = containerId;
    try {
      List<String> started = new ArrayList<>(command);
      if (terminal.isPresent()) {
        ttyName = Optional.of(Files.createTempFile("tty", ""));
        TerminalSize size = terminal.get();
        String shell =
            "stty rows %d cols %d; tty > %s; exec %s"
                .formatted(size.rows(), size.columns(), ttyName.get(), quoted(command));
        started = List.of("script", "-qfec", shell, "/dev/null");
      } else {
        ttyName = Optional.empty();
      }
      ProcessBuilder builder = new ProcessBuilder(started);
      builder.environment().putAll(environment);
      // script(1) hands the command to $SHELL, and some of those drop the prompt.
      builder.environment().put("SHELL", "/bin/sh");
      builder.environment().put("PS1", "# ");
      builder.environment().remove("ENV");
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(List<String> command) {
    StringBuilder text = new StringBuilder();
    command.forEach(word -> text.append('\'').append(word.replace("'", "'\\''")).append("' "));
    return text.toString();
  }

  @Override
  public String containerId() {
    return containerId;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void signal(int number) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Ends it and all that it started. */
  void killAll() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void resize(TerminalSize size) {
    if (ttyName.isEmpty()) {
      return;
    }
    try {
      String tty = tty();
      new ProcessBuilder("stty", "-F", tty, "rows", "" + size.rows(), "cols", "" + size.columns())
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The name of its terminal, which it tells as the first thing that it does; empty: it never did.
   */
  private String tty() throws IOException, InterruptedException {
    String name = Files.readString(ttyName.get()).strip();
    while (name.isEmpty() && process.isAlive()) {
      Thread.sleep(5);
      name = Files.readString(ttyName.get()).strip();
    }
    return name;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return process.getInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return process.getErrorStream();
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public void destroy() {
    signal(15);
  }

  @Override
  public Process destroyForcibly() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return this;
  }
}
