package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Lets one thread write what another one reads. An archive that its writer could not finish ends
 * with a failure, never as if it were complete.
 */
final class ArchivePipe {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int MAX_CHUNKS = 16;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(MAX_CHUNKS);
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  private ArchivePipe() {}

  /**
   * Runs both, the producer on a thread of its own; returns when both are done.
   *
   * @throws RuntimeException what the producer threw, or else what the consumer threw
   */
  static void run(Consumer<OutputStream> producer, Consumer<InputStream> consumer) {
    ArchivePipe pipe = new ArchivePipe();
    Thread writer = Thread.ofVirtual().name("archive").start(() -> pipe.produce(producer));
    try (Input input = pipe.new Input()) {
      consumer.accept(input);
      input.drain(); // what the consumer had no use for; else the producer would wait for ever
    } catch (RuntimeException e) {
      RuntimeException cause = pipe.failure.get(); // not what the interrupt makes of it
      writer.interrupt();
      if (cause != null) {
        cause.addSuppressed(e);
        throw cause;
      }
      throw e;
    } finally {
      join(writer);
    }
    if (pipe.failure.get() != null) {
      throw pipe.failure.get();
    }
  }

  private static void join(Thread writer) {
    boolean interrupted = false;
    while (true) {
      try {
        writer.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        writer.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void produce(Consumer<OutputStream> producer) {
    try (Output output = new Output()) {
      producer.accept(output);
    } catch (RuntimeException e) {
      failure.set(e);
    } catch (IOException e) {
      failure.set(new EngineException(Kind.UNAVAILABLE, "cannot pass the archive on", e));
    }
    try {
      chunks.put(END);
    } catch (InterruptedException e) {
      // the consumer failed: nobody waits for the end
    }
  }

  private final class Output extends OutputStream {
    private byte[] buffer = new byte[CHUNK_BYTES];
    private int used;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int from = offset;
      int left = length;
      while (left > 0) {
        int n = Math.min(left, CHUNK_BYTES - used);
        System.arraycopy(bytes, from, buffer, used, n);
        used += n;
        from += n;
        left -= n;
        if (used == CHUNK_BYTES) {
          pass();
        }
      }
    }

    private void pass() throws IOException {
      if (used == 0) {
        return;
      }
      try {
        chunks.put(used == CHUNK_BYTES ? buffer : Arrays.copyOf(buffer, used));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("nobody reads the archive", e);
      }
      buffer = new byte[CHUNK_BYTES];
      used = 0;
    }

    @Override
    public void close() throws IOException {
      if (!Thread.currentThread().isInterrupted()) {
        pass();
      }
    }
  }

  private final class Input extends InputStream {
    private byte[] chunk = new byte[0];
    private int at;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == chunk.length && !ended) {
        try {
          chunk = chunks.take();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
        at = 0;
        ended = chunk.length == 0;
      }
      if (ended) {
        if (failure.get() != null) {
          throw new IOException("the archive is not complete", failure.get());
        }
        return -1;
      }
      int n = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, bytes, offset, n);
      at += n;
      return n;
    }

    void drain() {
      try {
        byte[] sink = new byte[CHUNK_BYTES];
        while (read(sink, 0, sink.length) >= 0) {
          // not needed
        }
      } catch (IOException e) {
        if (failure.get() == null) {
          throw new EngineException(Kind.CANCELLED, "the copy was cancelled", e);
        }
      }
    }

    @Override
    public void close() {}
  }
}
