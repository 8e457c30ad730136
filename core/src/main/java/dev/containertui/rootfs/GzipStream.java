package dev.containertui.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), any number of members one after the other. Unlike {@link
 * java.util.zip.GZIPInputStream} it does not guess from {@code available()} whether another member
 * follows, and it reads in large pieces.
 */
final class GzipStream extends InputStream {
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xE0;
  private static final int DEFLATE = 8;

  private final InputStream in;
  private final byte[] input = new byte[128 << 10];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] oneByte = new byte[1];
  private int position;
  private int limit;
  private boolean ended;

  GzipStream(InputStream in) throws IOException {
    this.in = in;
    readHeader();
  }

  @Override
  public int read() throws IOException {
    return read(oneByte, 0, 1) < 0 ? -1 : oneByte[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    while (!ended && length > 0) {
      int count;
      try {
        count = inflater.inflate(into, offset, length);
      } catch (DataFormatException e) {
        throw new LayerException("damaged gzip data", e);
      }
      if (count > 0) {
        crc.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new LayerException("damaged gzip data");
      } else {
        if (position == limit) {
          fill();
        }
        inflater.setInput(input, position, limit - position);
        position = limit;
      }
    }
    return length == 0 ? 0 : -1;
  }

  /** Checks the trailer and begins the next member, if one follows. */
  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long storedCrc = readWord();
    long storedLength = readWord();
    if (storedCrc != crc.getValue()
        || storedLength != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new LayerException("damaged gzip data: the checksum is wrong");
    }
    if (position == limit && !tryFill()) {
      ended = true;
      return;
    }
    inflater.reset();
    crc.reset();
    readHeader();
  }

  private void readHeader() throws IOException {
    if (readByte() != 0x1f || readByte() != 0x8b || readByte() != DEFLATE) {
      throw new LayerException("damaged gzip data: something else where a member must begin");
    }
    int flags = readByte();
    if ((flags & FLAGS_RESERVED) != 0) {
      throw new LayerException("damaged gzip data: unknown flags");
    }
    for (int i = 0; i < 6; i++) {
      readByte();
    }
    if ((flags & FLAG_EXTRA) != 0) {
      int length = readByte() | readByte() << 8;
      for (int i = 0; i < length; i++) {
        readByte();
      }
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      readByte();
      readByte();
    }
  }

  private void skipText() throws IOException {
    int b;
    do {
      b = readByte();
    } while (b != 0);
  }

  private long readWord() throws IOException {
    return readByte() | readByte() << 8 | readByte() << 16 | (long) readByte() << 24;
  }

  private int readByte() throws IOException {
    if (position == limit) {
      fill();
    }
    return input[position++] & 0xff;
  }

  private void fill() throws IOException {
    if (!tryFill()) {
      throw new LayerException("gzip data that end too early");
    }
  }

  private boolean tryFill() throws IOException {
    position = 0;
    limit = 0;
    int count = in.read(input, 0, input.length);
    if (count <= 0) {
      return false;
    }
    limit = count;
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
