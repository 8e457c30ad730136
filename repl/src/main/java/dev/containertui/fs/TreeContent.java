package dev.containertui.fs;

import dev.containertui.error.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Contents of files, which the engine writes out, to be read. */
final class TreeContent {
  /** What is read whole, and at once. */
  private static final int SMALL_BYTES = 1 << 20;

  private static final int PIPE_BYTES = 256 << 10;

  /** More is not for a channel, which keeps a copy on this host's disk. */
  private static final long MOST_BYTES = 1L << 30;

  private TreeContent() {}

  /**
   * @param writer writes the content out
   */
  static InputStream stream(Path path, long sizeBytes, Consumer<OutputStream> writer)
      throws IOException {
    if (sizeBytes > SMALL_BYTES) {
      return new Piped(path, writer);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      writer.accept(all);
    } catch (EngineException e) {
      throw TreeProvider.failure(path, e);
    }
    return new ByteArrayInputStream(all.toByteArray());
  }

  /** What one thread writes, as the other one reads it. */
  private static final class Piped extends InputStream {
    private final PipedInputStream in = new PipedInputStream(PIPE_BYTES);
    private final AtomicReference<EngineException> failure = new AtomicReference<>();
    private final Path path;

    Piped(Path path, Consumer<OutputStream> writer) throws IOException {
      this.path = path;
      PipedOutputStream out = new PipedOutputStream(in);
      Thread.ofVirtual()
          .name("content")
          .start(
              () -> {
                try (out) {
                  writer.accept(out);
                } catch (EngineException e) {
                  failure.set(e);
                } catch (IOException e) {
                  // The reader has closed its end, and wants no more.
                  return;
                }
              });
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      if (n < 0 && failure.get() != null) {
        throw TreeProvider.failure(path, failure.get());
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** A copy of the content on this host, which is gone when the channel is closed. */
  static FileChannel copy(Path path, Consumer<OutputStream> writer) throws IOException {
    Path copy = Files.createTempFile("container-tui-", ".content");
    FileChannel channel =
        FileChannel.open(
            copy,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      writer.accept(new Limited(channel));
      channel.position(0);
      return channel;
    } catch (EngineException e) {
      channel.close();
      throw TreeProvider.failure(path, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static final class Limited extends OutputStream {
    private final FileChannel channel;

    Limited(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (channel.position() + length > MOST_BYTES) {
        throw new FileSystemException(
            null, null, "it has more than " + (MOST_BYTES >> 20) + " MiB; read it as a stream");
      }
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  static SeekableByteChannel channel(Path path, Consumer<OutputStream> writer) throws IOException {
    return new ReadOnly(copy(path, writer));
  }

  private record ReadOnly(FileChannel content) implements SeekableByteChannel {
    @Override
    public int read(ByteBuffer target) throws IOException {
      return content.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
      return content.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      content.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return content.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return content.isOpen();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
