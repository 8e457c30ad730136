package dev.containertui.ext4;

/** The one exception of this module: an image cannot be written or read. */
public final class Ext4Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure this is. */
  public enum Reason {
    /** An argument is malformed or out of the range that ext4 can store. */
    INVALID,
    /** A path, or the parent of one, does not exist in the image. */
    NOT_FOUND,
    /** A part of a path that must be a directory is something else. */
    NOT_A_DIRECTORY,
    /** A directory stands where something else is needed. */
    IS_A_DIRECTORY,
    /** A limit of the file system was reached: its size, link count, attribute space. */
    LIMIT,
    /** The host's disk is full. */
    NO_SPACE,
    /** The image file cannot be written or read. */
    IO,
    /** The image being read breaks the rules of its format. */
    CORRUPT
  }

  private final Reason reason;

  public Ext4Exception(Reason reason, String message) {
    this(reason, message, null);
  }

  public Ext4Exception(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
