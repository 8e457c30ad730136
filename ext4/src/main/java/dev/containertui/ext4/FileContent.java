package dev.containertui.ext4;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** The bytes of a file in an image; holes are zeros. */
final class FileContent extends InputStream {
  private final ImageSource image;
  private final int blockBytes;
  private final Extents extents;
  private final long sizeBytes;
  private final byte[] oneByte = new byte[1];
  private long position;
  private int extent;

  FileContent(ImageSource image, int blockBytes, Extents extents, long sizeBytes) {
    this.image = image;
    this.blockBytes = blockBytes;
    this.extents = extents;
    this.sizeBytes = sizeBytes;
  }

  @Override
  public int read() {
    return read(oneByte, 0, 1) < 0 ? -1 : oneByte[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position >= sizeBytes) {
      return -1;
    }
    while (extent < extents.count() && endOf(extent) <= position) {
      extent++;
    }
    long limit = Math.min(length, sizeBytes - position);
    int count;
    if (extent < extents.count() && startOf(extent) <= position) {
      count = (int) Math.min(limit, endOf(extent) - position);
      long at = extents.physical(extent) * blockBytes + (position - startOf(extent));
      image.read(at, into, offset, count);
    } else {
      long hole = extent < extents.count() ? startOf(extent) - position : limit;
      count = (int) Math.min(limit, hole);
      Arrays.fill(into, offset, offset + count, (byte) 0);
    }
    position += count;
    return count;
  }

  private long startOf(int index) {
    return extents.logical(index) * blockBytes;
  }

  private long endOf(int index) {
    return startOf(index) + extents.length(index) * blockBytes;
  }
}
