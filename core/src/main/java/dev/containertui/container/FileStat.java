package dev.containertui.container;

import java.time.Instant;
import java.util.Optional;

/**
 * What something in a container is.
 *
 * @param name last part of its path; {@code /} of the root
 * @param kind what it is
 * @param permissions the lowest twelve bits of its mode
 * @param sizeBytes of its content
 * @param linkTarget of a symbolic link, as it is written
 * @param resolvedTarget of a symbolic link: where it leads in the container, absolute, whether
 *     something is there or not
 */
public record FileStat(
    String name,
    Kind kind,
    int permissions,
    long uid,
    long gid,
    long sizeBytes,
    Instant modified,
    Optional<String> linkTarget,
    Optional<String> resolvedTarget) {
  /** Kinds of files. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    SOCKET
  }
}
