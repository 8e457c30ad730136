package dev.containertui.container;

import java.util.List;
import java.util.Optional;

/**
 * How to make an image of a container.
 *
 * @param reference name of the new image; empty: it has none
 * @param author, and
 * @param comment of the new step in its history
 * @param changes lines of a Dockerfile: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER,
 *     VOLUME, WORKDIR
 * @param pause whether the container stands still meanwhile
 */
public record CommitSpec(
    Optional<String> reference,
    Optional<String> author,
    Optional<String> comment,
    List<String> changes,
    boolean pause) {
  public CommitSpec {
    changes = List.copyOf(changes);
  }
}
