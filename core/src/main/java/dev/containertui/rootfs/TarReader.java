package dev.containertui.rootfs;

import dev.containertui.ext4.FileSink;
import dev.containertui.rootfs.TarEntry.Type;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Reads tar archives: old, ustar, pax and GNU with long names and all sparse formats. Where tools
 * disagree about damaged or odd archives, it reads them as Go's archive/tar does, so as container
 * engines do.
 *
 * <p>Names and values of extended headers are kept as bytes; libraries that decode them to text
 * lose file names that are not UTF-8, and binary values such as {@code security.capability}.
 */
final class TarReader {
  /** Longest extended header, long name or sparse map. */
  private static final int MAX_SPECIAL_BYTES = 1 << 20;

  private static final int COPY_BYTES = 128 << 10;
  private static final long MAX_ID = 0xFFFF_FFFEL;

  private final InputStream in;
  private final byte[] copyBuffer = new byte[COPY_BYTES];

  /** Bytes of the present member's data that have not been read, and of the padding after them. */
  private long dataLeft;

  private long paddingLeft;
  private SparseMap map = SparseMap.whole(0);

  TarReader(InputStream in) {
    this.in = in;
  }

  /** The next member; null at the end of the archive. */
  TarEntry next() throws IOException {
    byte[] longName = null;
    byte[] longLink = null;
    PaxRecords pax = PaxRecords.none();
    boolean extended = false;
    while (true) {
      skip(dataLeft + paddingLeft);
      dataLeft = 0;
      paddingLeft = 0;
      TarHeader header = readHeader();
      if (header == null) {
        if (extended) {
          throw new LayerException("a tar archive that ends after an extended header");
        }
        return null;
      }
      switch (header.typeFlag()) {
        case 'x' -> pax = PaxRecords.parse(readSpecial(header));
        case 'L' -> longName = untilNul(readSpecial(header));
        case 'K' -> longLink = untilNul(readSpecial(header));
        // A global header's records are not applied by the engines either.
        case 'g' -> {
          readSpecial(header);
          continue;
        }
        default -> {
          return entry(header, pax, longName, longLink);
        }
      }
      extended = true;
    }
  }

  /** Writes the content of the present file, at most once. */
  void copyContent(FileSink sink) throws IOException {
    for (SparseMap.Segment segment : map.segments()) {
      sink.skip(segment.offsetBytes() - sink.sizeBytes());
      copySegment(segment, sink);
    }
    sink.skip(map.realBytes() - sink.sizeBytes());
  }

  /** The content of the present file, holes as zeros, up to the next call of {@link #next}. */
  InputStream content() {
    return new Content();
  }

  private void copySegment(SparseMap.Segment segment, OutputStream target) throws IOException {
    long left = segment.lengthBytes();
    while (left > 0) {
      int count = in.read(copyBuffer, 0, (int) Math.min(left, COPY_BYTES));
      if (count < 0) {
        throw truncated();
      }
      target.write(copyBuffer, 0, count);
      left -= count;
      dataLeft -= count;
    }
  }

  /** Writes the content of the present file, at most once; refuses one with holes. */
  void copyWhole(OutputStream out) throws IOException {
    if (!map.equals(SparseMap.whole(dataLeft))) {
      throw new LayerException("a sparse file where none belongs");
    }
    content().transferTo(out);
  }

  private TarHeader readHeader() throws IOException {
    byte[] block = new byte[TarHeader.BYTES];
    int count = in.readNBytes(block, 0, block.length);
    if (count == 0) {
      // No end mark, but nothing missing either.
      return null;
    }
    if (count < block.length) {
      throw truncated();
    }
    if (!TarHeader.isZero(block)) {
      return TarHeader.of(block);
    }
    count = in.readNBytes(block, 0, block.length);
    if (count != 0 && (count < block.length || !TarHeader.isZero(block))) {
      throw new LayerException("a tar archive that goes on behind its end mark");
    }
    return null;
  }

  private TarEntry entry(TarHeader header, PaxRecords pax, byte[] longName, byte[] longLink)
      throws IOException {
    byte[] name = header.name();
    name = longName == null ? name : longName;
    byte[] paxName = pax.text("path");
    name = paxName == null ? name : paxName;
    byte[] sparseName = pax.text("GNU.sparse.name");
    name = sparseName == null ? name : sparseName;
    byte[] link = header.linkName();
    link = longLink == null ? link : longLink;
    byte[] paxLink = pax.text("linkpath");
    link = paxLink == null ? link : paxLink;
    Type type = type(header.typeFlag(), name);
    long stored = pax.number("size", header.size());
    if (stored < 0 || header.size() < 0) {
      throw new LayerException("a member of negative size");
    }
    // Others have no data, whatever their size field says.
    boolean hasData = type == Type.FILE;
    dataLeft = hasData ? stored : 0;
    paddingLeft = -dataLeft & (TarHeader.BYTES - 1);
    map = hasData ? sparseMap(header, pax) : SparseMap.whole(0);
    boolean device = type == Type.CHARACTER_DEVICE || type == Type.BLOCK_DEVICE;
    return new TarEntry(
        type,
        name,
        link,
        (int) header.mode() & 07777,
        id(pax.number("uid", header.uid()), "user"),
        id(pax.number("gid", header.gid()), "group"),
        pax.modified(seconds(header.modifiedSeconds())),
        map.realBytes(),
        device ? deviceNumber(header.major()) : 0,
        device ? deviceNumber(header.minor()) : 0,
        Collections.unmodifiableSortedMap(pax.xattrs()));
  }

  private static Type type(char flag, byte[] name) throws LayerException {
    return switch (flag) {
      // Before ustar a directory was a file whose name ends in a slash.
      case 0 -> name.length > 0 && name[name.length - 1] == '/' ? Type.DIRECTORY : Type.FILE;
      case '0', '7', 'S' -> Type.FILE;
      case '1' -> Type.HARD_LINK;
      case '2' -> Type.SYMLINK;
      case '3' -> Type.CHARACTER_DEVICE;
      case '4' -> Type.BLOCK_DEVICE;
      case '5' -> Type.DIRECTORY;
      case '6' -> Type.FIFO;
      default ->
          throw new LayerException(
              flag > ' ' && flag < 0x7f
                  ? "a member of unknown type '" + flag + "'"
                  : "a member of unknown type " + (int) flag);
    };
  }

  private SparseMap sparseMap(TarHeader header, PaxRecords pax) throws IOException {
    if (header.typeFlag() == 'S') {
      return oldGnuMap(header);
    }
    if (pax.number("GNU.sparse.major", 0) == 1) {
      long before = dataLeft;
      List<Long> numbers = readMapFromData();
      long real = pax.number("GNU.sparse.realsize", before);
      return SparseMap.of(numbers, real, dataLeft);
    }
    List<Long> numbers = pax.sparseMap();
    return numbers == null
        ? SparseMap.whole(dataLeft)
        : SparseMap.of(numbers, pax.number("GNU.sparse.size", dataLeft), dataLeft);
  }

  /** Four entries in the header, more in blocks that follow it and are not part of its size. */
  private SparseMap oldGnuMap(TarHeader header) throws IOException {
    List<Long> numbers = new ArrayList<>();
    addMapEntries(header, 386, 4, numbers);
    boolean more = header.flag(482) != 0;
    byte[] block = new byte[TarHeader.BYTES];
    while (more) {
      if (numbers.size() * 12 > MAX_SPECIAL_BYTES) {
        throw new LayerException("a sparse map of more than 1 MiB");
      }
      readFully(block);
      TarHeader extension = TarHeader.unchecked(block);
      addMapEntries(extension, 0, 21, numbers);
      more = extension.flag(504) != 0;
    }
    return SparseMap.of(numbers, header.number(483, 12, "size"), dataLeft);
  }

  private static void addMapEntries(TarHeader block, int offset, int count, List<Long> numbers)
      throws LayerException {
    for (int i = 0; i < count; i++) {
      int at = offset + i * 24;
      if (block.flag(at) == 0) {
        return;
      }
      numbers.add(block.number(at, 12, "sparse map"));
      numbers.add(block.number(at + 12, 12, "sparse map"));
    }
  }

  /** Format 1.0: before the data, in whole blocks, decimal lines: count, then the numbers. */
  private List<Long> readMapFromData() throws IOException {
    List<Long> numbers = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    byte[] block = new byte[TarHeader.BYTES];
    long count = -1;
    int bytes = 0;
    while (count < 0 || numbers.size() < 2 * count) {
      if (dataLeft < block.length || bytes > MAX_SPECIAL_BYTES) {
        throw new LayerException("a malformed sparse map");
      }
      readFully(block);
      dataLeft -= block.length;
      bytes += block.length;
      for (byte b : block) {
        if (b != '\n') {
          line.append((char) (b & 0xff));
          continue;
        }
        long number =
            PaxRecords.unsigned(
                line.toString().getBytes(StandardCharsets.ISO_8859_1), "sparse map");
        line.setLength(0);
        if (count < 0) {
          count = number;
        } else {
          numbers.add(number);
        }
        if (numbers.size() == 2 * count) {
          break;
        }
      }
    }
    return numbers;
  }

  private static long id(long value, String whose) throws LayerException {
    if (value < 0 || value > MAX_ID) {
      throw new LayerException("a " + whose + " id out of range: " + value);
    }
    return value;
  }

  private static int deviceNumber(long value) throws LayerException {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new LayerException("a device number out of range: " + value);
    }
    return (int) value;
  }

  private static Instant seconds(long seconds) {
    return Instant.ofEpochSecond(Math.clamp(seconds, -(1L << 40), 1L << 40));
  }

  private byte[] readSpecial(TarHeader header) throws IOException {
    long size = header.size();
    if (size < 0 || size > MAX_SPECIAL_BYTES) {
      throw new LayerException("an extended header of " + size + " bytes; 1 MiB is the limit");
    }
    byte[] data = new byte[(int) size];
    readFully(data);
    skip(-size & (TarHeader.BYTES - 1));
    return data;
  }

  private static byte[] untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  private void readFully(byte[] into) throws IOException {
    if (in.readNBytes(into, 0, into.length) < into.length) {
      throw truncated();
    }
  }

  private void skip(long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw truncated();
    }
  }

  private static LayerException truncated() {
    return new LayerException("a tar archive that ends in the middle of a member");
  }

  private final class Content extends InputStream {
    private final Iterator<SparseMap.Segment> segments = map.segments().iterator();
    private final long size = map.realBytes();

    /** The next bytes that are stored. */
    private long dataStart;

    private long dataEnd;
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (position == size) {
        return -1;
      }
      if (position == dataEnd) {
        SparseMap.Segment next =
            segments.hasNext() ? segments.next() : new SparseMap.Segment(size, 0);
        dataStart = next.offsetBytes();
        dataEnd = dataStart + next.lengthBytes();
      }
      int count;
      if (position < dataStart) {
        count = (int) Math.min(length, dataStart - position);
        Arrays.fill(into, offset, offset + count, (byte) 0);
      } else {
        count = in.read(into, offset, (int) Math.min(length, dataEnd - position));
        if (count < 0) {
          throw truncated();
        }
        dataLeft -= count;
      }
      position += count;
      return count;
    }
  }
}
