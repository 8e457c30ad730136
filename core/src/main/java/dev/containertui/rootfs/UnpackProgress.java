package dev.containertui.rootfs;

/** Hears how far the making of a root file system has come. Called at most ten times a second. */
@FunctionalInterface
public interface UnpackProgress {
  /** For those who do not care. */
  UnpackProgress NONE = (done, total) -> {};

  /** {@code doneBytes} of {@code totalBytes} of all layers' stored blobs have been read. */
  void unpacked(long doneBytes, long totalBytes);
}
