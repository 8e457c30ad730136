package dev.containertui.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An image to be read: bytes at positions, never beyond its end. */
final class ImageSource implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final long sizeBytes;

  ImageSource(Path path) {
    this.path = path;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      sizeBytes = channel.size();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Exactly these bytes, little-endian. */
  ByteBuffer read(long position, int length) {
    byte[] bytes = new byte[length];
    read(position, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void read(long position, byte[] into, int offset, int length) {
    if (position < 0 || length > sizeBytes - position) {
      throw corrupt("something lies beyond its end, at byte " + position);
    }
    ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + length - buffer.remaining()) < 0) {
          throw corrupt("it was cut while being read");
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  Ext4Exception corrupt(String what) {
    return new Ext4Exception(Ext4Exception.Reason.CORRUPT, "damaged image " + path + ": " + what);
  }

  private Ext4Exception failure(IOException e) {
    return new Ext4Exception(
        Ext4Exception.Reason.IO, "cannot read " + path + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
