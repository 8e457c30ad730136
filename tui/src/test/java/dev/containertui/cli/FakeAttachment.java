package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A hold on a fake process, which may not have been started yet. */
final class FakeAttachment implements Attachment {
  private final CompletableFuture<FakeContainer.FakeProcess> process;
  private final BlockingQueue<Optional<LogRecord>> pieces = new LinkedBlockingQueue<>(16);

  FakeAttachment(CompletableFuture<FakeContainer.FakeProcess> process) {
    this.process = process;
    process.thenAccept(p -> Thread.ofPlatform().daemon().start(() -> pump(p)));
  }

  private void pump(FakeContainer.FakeProcess started) {
    Thread err =
        Thread.ofPlatform()
            .daemon()
            .start(() -> copy(started.getErrorStream(), LogRecord.Stream.ERR));
    copy(started.getInputStream(), LogRecord.Stream.OUT);
    try {
      err.join();
      pieces.put(Optional.empty());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void copy(InputStream from, LogRecord.Stream stream) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        pieces.put(Optional.of(new LogRecord(Instant.EPOCH, stream, Arrays.copyOf(buffer, n))));
      }
    } catch (IOException | InterruptedException e) {
      // it was let go of
    }
  }

  @Override
  public LogStream output() {
    return new LogStream() {
      @Override
      public Optional<LogRecord> next() {
        try {
          return pieces.take();
        } catch (InterruptedException e) {
          return Optional.empty();
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public OutputStream input() {
    return process.join().getOutputStream();
  }

  @Override
  public void resize(TerminalSize size) {
    process.join().resize(size);
  }

  /** The process runs on; what it writes from now on is nobody's. */
  @Override
  public void close() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              pieces.clear();
              pieces.offer(Optional.empty());
            });
  }
}
