package dev.containertui.ext4;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every inode carries besides its content.
 *
 * @param permissions the low 12 bits of the mode: {@code rwx} thrice, sticky, setgid, setuid
 * @param uid owner, 0 to 2³²−1
 * @param gid group, 0 to 2³²−1
 * @param modified time of last modification; what ext4 cannot safely store (before 1901-12-13 or
 *     after 2310-04-04) becomes the nearest that it can
 * @param xattrs extended attributes by full name ({@code user.x}, {@code security.capability}, …)
 *     with the values that getxattr(2) would give; values are not copied and must not be changed
 */
public record Attributes(
    int permissions, long uid, long gid, Instant modified, SortedMap<String, byte[]> xattrs) {
  private static final long MAX_ID = 0xFFFF_FFFFL;

  public Attributes {
    if ((permissions & ~07777) != 0) {
      throw invalid("permissions out of range: 0" + Integer.toOctalString(permissions));
    }
    if (uid < 0 || uid > MAX_ID || gid < 0 || gid > MAX_ID) {
      throw invalid("owner out of range: " + uid + ":" + gid);
    }
    xattrs =
        xattrs.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
  }

  /** Owned by root, modified at the epoch, no extended attributes. */
  public static Attributes of(int permissions) {
    return new Attributes(permissions, 0, 0, Instant.EPOCH, Collections.emptySortedMap());
  }

  public Attributes withOwner(long newUid, long newGid) {
    return new Attributes(permissions, newUid, newGid, modified, xattrs);
  }

  public Attributes withModified(Instant time) {
    return new Attributes(permissions, uid, gid, time, xattrs);
  }

  public Attributes withXattrs(Map<String, byte[]> attributes) {
    return new Attributes(permissions, uid, gid, modified, new TreeMap<>(attributes));
  }

  private static Ext4Exception invalid(String message) {
    return new Ext4Exception(Ext4Exception.Reason.INVALID, message);
  }
}
