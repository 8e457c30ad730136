package dev.containertui.repl;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A process that is a thread, with a few commands: uname, echo, cat, false, hang, evil; anything
 * else is a shell that upper-cases what it reads and ends with code 42 at {@code q}.
 */
final class MemoryProcess extends ContainerProcess {
  private final PipedInputStream stdin = new PipedInputStream(65536);
  private final PipedOutputStream toStdin;
  private final PipedInputStream stdout = new PipedInputStream(65536);
  private final PipedOutputStream toStdout;
  private final PipedInputStream stderr = new PipedInputStream(65536);
  private final PipedOutputStream toStderr;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Instant startedAt = Instant.now();
  private final Thread thread;

  MemoryProcess(List<String> command, boolean openStdin, Optional<TerminalSize> terminal) {
    try {
      toStdin = new PipedOutputStream(stdin);
      toStdout = new PipedOutputStream(stdout);
      toStderr = new PipedOutputStream(stderr);
      if (!openStdin) {
        toStdin.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    thread = Thread.ofPlatform().daemon().start(() -> end(body(command, terminal)));
  }

  private int body(List<String> command, Optional<TerminalSize> terminal) {
    try {
      switch (command.getFirst()) {
        case "uname" -> print("Linux box 6.1.0 x86_64\n");
        case "echo" -> print(String.join(" ", command.subList(1, command.size())) + "\n");
        case "cat" -> stdin.transferTo(toStdout);
        case "ls" -> print(listing(command.getLast()));
        case "evil" -> print("a\u001b]0;owned\u0007b\n");
        case "false" -> {
          toStderr.write("it is false\n".getBytes(StandardCharsets.UTF_8));
          return 1;
        }
        case "hang" -> Thread.sleep(Long.MAX_VALUE);
        default -> {
          return shell(terminal);
        }
      }
      return 0;
    } catch (IOException | InterruptedException e) {
      return 143;
    }
  }

  private static String listing(String directory) {
    return switch (directory) {
      case "/" -> "bin/\netc/\nusr/\n";
      case "/etc/" -> "hostname\nhosts\npasswd\na\u001b[2Jb\n";
      default -> "";
    };
  }

  private int shell(Optional<TerminalSize> terminal) throws IOException {
    terminal.ifPresent(
        size -> printQuietly("guest " + size.columns() + "x" + size.rows() + "\r\n"));
    for (int c = stdin.read(); c >= 0; c = stdin.read()) {
      if (c == 'q') {
        return 42;
      }
      print(c == 3 ? "<ctrl-c>" : Character.toString(Character.toUpperCase(c)));
    }
    return 0;
  }

  private void printQuietly(String text) {
    try {
      print(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void print(String text) throws IOException {
    toStdout.write(text.getBytes(StandardCharsets.UTF_8));
    toStdout.flush();
  }

  private void end(int code) {
    try {
      toStdout.close();
      toStderr.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      exit.complete(code);
    }
  }

  @Override
  public String containerId() {
    return "c0ffee";
  }

  @Override
  public long pid() {
    return 7;
  }

  @Override
  public void signal(int number) {
    exit.complete(128 + number);
    thread.interrupt();
  }

  @Override
  public void resize(TerminalSize size) {
    printQuietly("resized " + size.columns() + "x" + size.rows() + "\r\n");
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return exit.thenApply(code -> this);
  }

  @Override
  public boolean isAlive() {
    return !exit.isDone();
  }

  @Override
  public OutputStream getOutputStream() {
    return toStdin;
  }

  @Override
  public InputStream getInputStream() {
    return stdout;
  }

  @Override
  public InputStream getErrorStream() {
    return stderr;
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return exit.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int exitValue() {
    if (isAlive()) {
      throw new IllegalThreadStateException();
    }
    return exit.join();
  }

  @Override
  public void destroy() {
    signal(15);
  }

  @Override
  public Process destroyForcibly() {
    signal(9);
    return this;
  }
}
