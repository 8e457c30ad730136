package dev.containertui.engine.api.server;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A process that is a function in Java, on three pipes. */
final class FakeProcess extends ContainerProcess {
  /** What the process does; returns its exit code. */
  interface Program {
    int run(FakeProcess process) throws Exception;
  }

  final ProcessSpec spec;
  final InputStream stdin;
  final OutputStream stdout;
  final OutputStream stderr;
  final List<TerminalSize> sizes = new CopyOnWriteArrayList<>();
  final List<Integer> signals = new CopyOnWriteArrayList<>();
  private final PipedOutputStream hostIn = new PipedOutputStream();
  private final PipedInputStream hostOut = new PipedInputStream(1 << 16);
  private final PipedInputStream hostErr = new PipedInputStream(1 << 16);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode;

  FakeProcess(ProcessSpec spec, Program program) {
    this.spec = spec;
    try {
      stdin = new PipedInputStream(hostIn, 1 << 16);
      stdout = new PipedOutputStream(hostOut);
      stderr = new PipedOutputStream(hostErr);
      if (!spec.openStdin()) {
        hostIn.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("fake-process").start(() -> play(program));
  }

  private void play(Program program) {
    try {
      exitCode = program.run(this);
    } catch (Exception e) {
      exitCode = 255;
    }
    try {
      stdout.close();
      stderr.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ended.countDown();
  }

  @Override
  public String containerId() {
    return "fake";
  }

  @Override
  public long pid() {
    return 42;
  }

  @Override
  public void signal(int number) {
    signals.add(number);
  }

  @Override
  public void resize(TerminalSize size) {
    sizes.add(size);
  }

  @Override
  public Instant startedAt() {
    return Instant.EPOCH;
  }

  @Override
  public OutputStream getOutputStream() {
    return hostIn;
  }

  @Override
  public InputStream getInputStream() {
    return hostOut;
  }

  @Override
  public InputStream getErrorStream() {
    return hostErr;
  }

  @Override
  public int waitFor() throws InterruptedException {
    ended.await();
    return exitCode;
  }

  @Override
  public boolean isAlive() {
    return ended.getCount() > 0;
  }

  @Override
  public int exitValue() {
    return exitCode;
  }

  @Override
  public void destroy() {
    signal(15);
  }
}
