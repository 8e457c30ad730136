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
  private ReplayedBlocks replayed = ReplayedBlocks.NONE;

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

  /** From now on these blocks are read instead of what is in their places. */
  void replay(ReplayedBlocks blocks) {
    replayed = blocks;
  }

  void read(long position, byte[] into, int offset, int length) {
    if (position < 0 || length > sizeBytes - position) {
      throw corrupt("something lies beyond its end, at byte " + position);
    }
    if (replayed.isEmpty()) {
      readStored(position, into, offset, length);
      return;
    }
    int blockBytes = replayed.blockBytes();
    for (int done = 0; done < length; ) {
      long at = position + done;
      int within = (int) (at % blockBytes);
      int part = Math.min(length - done, blockBytes - within);
      if (replayed.contains(at / blockBytes)) {
        readReplayed(at / blockBytes, within, into, offset + done, part);
      } else {
        while (done + part < length && !replayed.contains((at + part) / blockBytes)) {
          part = Math.min(length - done, part + blockBytes);
        }
        readStored(at, into, offset + done, part);
      }
      done += part;
    }
  }

  private void readReplayed(long block, int within, byte[] into, int offset, int length) {
    readStored(replayed.position(block) + within, into, offset, length);
    if (replayed.isEscaped(block)) {
      for (int i = within; i < Math.min(4, within + length); i++) {
        into[offset + i - within] = (byte) (JournalReader.MAGIC >>> 8 * (3 - i));
      }
    }
  }

  private void readStored(long position, byte[] into, int offset, int length) {
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
