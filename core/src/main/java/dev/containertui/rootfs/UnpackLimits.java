package dev.containertui.rootfs;

/**
 * How much one image may unpack to before it is refused; small archives can unpack to very much.
 *
 * @param uncompressedBytes of all layers together
 * @param entries members in all layers together, and directories that they lie below; each costs a
 *     few hundred bytes of memory, and what brings more text along counts more than once
 */
public record UnpackLimits(long uncompressedBytes, long entries) {
  /** 256 GiB and four million entries: a few times the largest images in use. */
  public static final UnpackLimits DEFAULT = new UnpackLimits(256L << 30, 4_000_000);
}
