package dev.containertui.engine.api.server;

import java.time.Instant;
import java.util.Optional;

/** What requests to clean up have in common. */
final class Prune {
  private Prune() {}

  /** The filter {@code until}: only what is older. */
  static Optional<Instant> until(Filters filters) {
    return filters.all("until").stream().findFirst().map(text -> Times.parse("until", text));
  }
}
