package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.FileName;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes what {@link AgentConnection#unpack} makes files of (PROTOCOL.md section 10), in the order
 * in which they are to be made. Used by one thread.
 *
 * <p>If a write fails, the other side has most likely said why on its standard error.
 */
public final class UnpackStream {
  private static final int HEADER_BYTES = 48;
  private static final int MAX_PATH_BYTES = 4095;
  private static final int MAX_XATTRS = 64;
  private static final int MAX_XATTR_NAME_BYTES = 255;
  private static final int MAX_XATTR_VALUE_BYTES = 65_536;
  private static final int MAX_MODE = 07777;
  private static final int BUFFER_BYTES = 32 * 1024;

  /** Bounds the memory for the directories whose times are set at the end. */
  private static final int MAX_DIRECTORIES = 1 << 18;

  private static final int DIRECTORY = 1;
  private static final int FILE = 2;
  private static final int SYMBOLIC_LINK = 3;
  private static final int HARD_LINK = 4;
  private static final int CHARACTER_DEVICE = 5;
  private static final int BLOCK_DEVICE = 6;
  private static final int FIFO = 7;
  private static final int DIRECTORY_TIME = 8;

  private static final byte[] NOTHING = {};
  private static final Attributes NONE = new Attributes(0, 0, 0, Instant.EPOCH, Map.of());

  private final OutputStream out;
  private final List<byte[]> directoryTimes = new ArrayList<>();

  /**
   * What a file has beside its content.
   *
   * @param mode permission bits with set-user-ID, set-group-ID and sticky, 0 to 07777; a symbolic
   *     link has none
   * @param uid unsigned; not 2³²−1
   * @param gid unsigned; not 2³²−1
   * @param modified time of the last modification
   * @param xattrs extended attributes by their full names; at most 64, values of at most 64 KiB.
   *     Those that the file system does not take are left out
   */
  public record Attributes(
      int mode, int uid, int gid, Instant modified, Map<String, byte[]> xattrs) {
    public Attributes {
      xattrs = Map.copyOf(xattrs);
      if (mode < 0 || mode > MAX_MODE || uid == -1 || gid == -1) {
        throw invalid("mode " + Integer.toOctalString(mode) + " or its owner is out of range");
      }
      if (xattrs.size() > MAX_XATTRS) {
        throw invalid(xattrs.size() + " extended attributes, more than " + MAX_XATTRS);
      }
    }
  }

  /**
   * @param out usually {@link GuestProcessHandle#stdin()} of the process; stays the caller's
   */
  public UnpackStream(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  /**
   * A directory; one that is there keeps what is in it. Its time is set at the end.
   *
   * @param path relative to the destination, components separated by {@code /}, none of them empty,
   *     {@code .} or {@code ..}; any bytes but NUL; the same for all others here
   * @throws EngineException INVALID if the path or the attributes are not such; the stream can go
   *     on
   * @throws IOException if the other side takes no more
   */
  public void directory(byte[] path, Attributes attributes) throws IOException {
    if (directoryTimes.size() == MAX_DIRECTORIES) {
      throw invalid("more than " + MAX_DIRECTORIES + " directories");
    }
    write(header(DIRECTORY, path, NOTHING, attributes, 0, 0, 0), attributes);
    Attributes time = new Attributes(0, 0, 0, attributes.modified, Map.of());
    directoryTimes.add(header(DIRECTORY_TIME, path, NOTHING, time, 0, 0, 0));
  }

  /**
   * A file.
   *
   * @param content read to its {@code size}, not closed
   * @throws EOFException if the content is shorter; the stream cannot go on then
   */
  public void file(byte[] path, Attributes attributes, InputStream content, long size)
      throws IOException {
    if (size < 0) {
      throw invalid("a file of " + size + " bytes");
    }
    byte[] header = header(FILE, path, NOTHING, attributes, 0, 0, size);
    byte[] xattrs = encode(attributes.xattrs);
    out.write(header);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = size; left > 0; ) {
      int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException(printable(path) + " is " + left + " bytes shorter than was said");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
    out.write(xattrs);
  }

  /**
   * A symbolic link.
   *
   * @param target any, of 1 to 4095 bytes
   */
  public void symbolicLink(byte[] path, Attributes attributes, byte[] target) throws IOException {
    byte[] bytes = checked(target);
    Attributes plain =
        new Attributes(0, attributes.uid, attributes.gid, attributes.modified, attributes.xattrs);
    write(header(SYMBOLIC_LINK, path, bytes, plain, 0, 0, 0), plain);
  }

  /**
   * Another name of a file.
   *
   * @param target a path like {@code path}
   */
  public void hardLink(byte[] path, byte[] target) throws IOException {
    write(header(HARD_LINK, path, checkedPath(target), NONE, 0, 0, 0), NONE);
  }

  /**
   * @param major 0 to 4095
   * @param minor 0 to 1048575
   */
  public void characterDevice(byte[] path, Attributes attributes, int major, int minor)
      throws IOException {
    write(header(CHARACTER_DEVICE, path, NOTHING, attributes, major, minor, 0), attributes);
  }

  /**
   * @param major 0 to 4095
   * @param minor 0 to 1048575
   */
  public void blockDevice(byte[] path, Attributes attributes, int major, int minor)
      throws IOException {
    write(header(BLOCK_DEVICE, path, NOTHING, attributes, major, minor, 0), attributes);
  }

  public void fifo(byte[] path, Attributes attributes) throws IOException {
    write(header(FIFO, path, NOTHING, attributes, 0, 0, 0), attributes);
  }

  /**
   * Sets the directories' times, says that this is all, and flushes. Without it the other side
   * fails.
   */
  public void finish() throws IOException {
    for (byte[] time : directoryTimes.reversed()) {
      out.write(time);
    }
    out.write(new byte[HEADER_BYTES]);
    out.flush();
  }

  private void write(byte[] header, Attributes attributes) throws IOException {
    byte[] xattrs = encode(attributes.xattrs);
    out.write(header);
    out.write(xattrs);
  }

  private static byte[] header(
      int type,
      byte[] path,
      byte[] target,
      Attributes attributes,
      int major,
      int minor,
      long size) {
    byte[] name = checkedPath(path);
    if (major < 0 || major > 4095 || minor < 0 || minor > 1_048_575) {
      throw invalid("device " + major + ":" + minor + " is out of range");
    }
    return ByteBuffer.allocate(HEADER_BYTES + name.length + target.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) type)
        .putShort((short) name.length)
        .putShort((short) target.length)
        .putShort((short) attributes.xattrs.size())
        .putInt(attributes.mode)
        .putInt(attributes.uid)
        .putInt(attributes.gid)
        .putInt(attributes.modified.getNano())
        .putLong(attributes.modified.getEpochSecond())
        .putInt(major)
        .putInt(minor)
        .putLong(size)
        .put(name)
        .put(target)
        .array();
  }

  private static byte[] encode(Map<String, byte[]> xattrs) {
    int size = 0;
    for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
      int name = xattr.getKey().getBytes(StandardCharsets.UTF_8).length;
      int value = xattr.getValue().length;
      if (name < 1 || name > MAX_XATTR_NAME_BYTES || value > MAX_XATTR_VALUE_BYTES) {
        throw invalid("extended attribute " + xattr.getKey() + " of " + value + " bytes");
      }
      size += 8 + name + value;
    }
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    xattrs.forEach(
        (name, value) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          buffer.putShort((short) bytes.length).putShort((short) 0).putInt(value.length);
          buffer.put(bytes).put(value);
        });
    return buffer.array();
  }

  private static byte[] checkedPath(byte[] path) {
    for (int start = 0, at = 0; at <= path.length; at++) {
      if (at == path.length || path[at] == '/') {
        int length = at - start;
        boolean dots = length <= 2;
        for (int i = start; i < at; i++) {
          dots &= path[i] == '.';
        }
        if (dots) {
          throw invalid("'" + printable(path) + "' is not a path below the destination");
        }
        start = at + 1;
      }
    }
    return checked(path);
  }

  private static byte[] checked(byte[] name) {
    boolean nul = false;
    for (byte b : name) {
      nul |= b == 0;
    }
    if (name.length < 1 || name.length > MAX_PATH_BYTES || nul) {
      throw invalid("a path of " + name.length + " bytes, or one with NUL characters");
    }
    return name;
  }

  private static String printable(byte[] name) {
    return FileName.printable(name);
  }

  private static EngineException invalid(String what) {
    return new EngineException(Kind.INVALID, "cannot be unpacked: " + what);
  }
}
