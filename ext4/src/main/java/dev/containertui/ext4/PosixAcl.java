package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * POSIX access control lists. getxattr(2) gives them as version 2, eight bytes for each entry; on
 * disk they are version 1, and entries without an id have four (Linux, fs/ext4/acl.h).
 */
final class PosixAcl {
  static final String ACCESS = "system.posix_acl_access";
  static final String DEFAULT = "system.posix_acl_default";

  private static final int XATTR_VERSION = 2;
  private static final int DISK_VERSION = 1;
  private static final int TAG_USER = 0x02;
  private static final int TAG_GROUP = 0x08;
  private static final int NO_ID = -1;

  private PosixAcl() {}

  static boolean isAcl(String name) {
    return name.equals(ACCESS) || name.equals(DEFAULT);
  }

  static byte[] toDisk(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (value.length < 4 || value.length % 8 != 4 || in.getInt() != XATTR_VERSION) {
      throw new Ext4Exception(
          Ext4Exception.Reason.INVALID,
          "a malformed access control list of " + value.length + " bytes");
    }
    ByteBuffer out = ByteBuffer.allocate(value.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(DISK_VERSION);
    while (in.hasRemaining()) {
      short tag = in.getShort();
      out.putShort(tag).putShort(in.getShort());
      int id = in.getInt();
      if (hasId(tag)) {
        out.putInt(id);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  static byte[] fromDisk(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    if (stored.length < 4 || in.getInt() != DISK_VERSION) {
      throw corrupt();
    }
    ByteBuffer out = ByteBuffer.allocate(stored.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(XATTR_VERSION);
    while (in.hasRemaining()) {
      if (in.remaining() < 4) {
        throw corrupt();
      }
      short tag = in.getShort();
      out.putShort(tag).putShort(in.getShort());
      if (hasId(tag) && in.remaining() < 4) {
        throw corrupt();
      }
      out.putInt(hasId(tag) ? in.getInt() : NO_ID);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static boolean hasId(short tag) {
    return tag == TAG_USER || tag == TAG_GROUP;
  }

  private static Ext4Exception corrupt() {
    return new Ext4Exception(Ext4Exception.Reason.CORRUPT, "a malformed access control list");
  }
}
