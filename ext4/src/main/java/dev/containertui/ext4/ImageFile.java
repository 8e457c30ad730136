package dev.containertui.ext4;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The image as a file of blocks. Writes to neighbouring blocks are gathered, so that a thousand
 * small files cost one system call; what is never written stays a hole.
 */
final class ImageFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long bufferPosition;

  ImageFile(Path path) {
    this.path = path;
    RandomAccessFile opened = null;
    try {
      opened = new RandomAccessFile(path.toFile(), "rw");
      opened.setLength(0);
    } catch (IOException e) {
      closeQuietly(opened);
      throw failure(e);
    }
    file = opened;
    channel = opened.getChannel();
  }

  /** Writes whole blocks. */
  void writeBlocks(long block, byte[] bytes, int offset, int length) {
    write(block * Format.BLOCK_BYTES, bytes, offset, length);
  }

  void write(long position, byte[] bytes, int offset, int length) {
    if (position != bufferPosition + buffer.position() || length > buffer.remaining()) {
      flush();
      bufferPosition = position;
    }
    if (length >= BUFFER_BYTES) {
      drain(ByteBuffer.wrap(bytes, offset, length), position);
      bufferPosition = position + length;
    } else {
      buffer.put(bytes, offset, length);
    }
  }

  /** Makes the file this long and its content safe against a crash of the host. */
  void finish(long sizeBytes) {
    flush();
    try {
      file.setLength(sizeBytes);
      channel.force(true);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void flush() {
    buffer.flip();
    drain(buffer, bufferPosition);
    bufferPosition += buffer.limit();
    buffer.clear();
  }

  private void drain(ByteBuffer bytes, long position) {
    long at = position;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Ext4Exception failure(IOException e) {
    return isDiskFull(e)
        ? new Ext4Exception(
            Ext4Exception.Reason.NO_SPACE, "no space left on the disk for " + path, e)
        : new Ext4Exception(
            Ext4Exception.Reason.IO, "cannot write " + path + ": " + e.getMessage(), e);
  }

  /** Java gives no error numbers, and the text of the message depends on the user's language. */
  private boolean isDiskFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(path).getUsableSpace() < Format.BLOCK_BYTES;
    } catch (IOException unknown) {
      return false;
    }
  }

  @Override
  public void close() {
    closeQuietly(file);
  }

  /** After {@link #finish} everything is on disk; before it the image is worthless anyway. */
  private static void closeQuietly(RandomAccessFile file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        return;
      }
    }
  }
}
