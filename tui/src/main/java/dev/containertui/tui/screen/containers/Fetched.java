package dev.containertui.tui.screen.containers;

import java.util.Optional;

/**
 * Something about a container that had to be asked for.
 *
 * @param id of the container; empty: nothing was asked for yet
 * @param version what it depends on: if that is another now, it is asked for anew
 * @param busy whether the answer has not come yet
 * @param value the last answer, which may be that of the version before
 * @param failure why there is none; empty if nothing failed
 */
record Fetched<T>(String id, Object version, boolean busy, Optional<T> value, String failure) {
  static <T> Fetched<T> nothing() {
    return new Fetched<>("", "", false, Optional.empty(), "");
  }

  boolean isFor(String wantedId, Object wantedVersion) {
    return id.equals(wantedId) && version.equals(wantedVersion);
  }

  Fetched<T> asking(String newId, Object newVersion) {
    return new Fetched<>(newId, newVersion, true, newId.equals(id) ? value : Optional.empty(), "");
  }

  Fetched<T> with(T answer) {
    return new Fetched<>(id, version, false, Optional.of(answer), "");
  }

  Fetched<T> without(String reason) {
    return new Fetched<>(id, version, false, Optional.empty(), reason);
  }
}
