package dev.containertui.rootfs;

/** What all layers of an image together may still put into memory; see {@link UnpackLimits}. */
final class EntryBudget {
  /** As much text as an entry may bring along before it counts as another one. */
  private static final int FREE_BYTES = 512;

  private final long limit;
  private long left;

  EntryBudget(long limit) {
    this.limit = limit;
    this.left = limit;
  }

  /** A member of an archive. */
  void take(TarEntry entry) throws LayerException {
    long bytes = entry.name().length + entry.linkTarget().length;
    for (var xattr : entry.xattrs().entrySet()) {
      bytes += xattr.getKey().length() + xattr.getValue().length;
    }
    take(1 + bytes / FREE_BYTES);
  }

  /** A directory that no archive has, but a member of one lies below. */
  void takeDirectory() throws LayerException {
    take(1);
  }

  private void take(long count) throws LayerException {
    left -= count;
    if (left < 0) {
      throw new LayerException("more files than the limit of " + limit);
    }
  }
}
