package dev.containertui.registry;

import java.util.Optional;

/** Where a client finds logins. */
@FunctionalInterface
public interface Logins {
  /** No logins at all. */
  Logins NONE = registry -> Optional.empty();

  /**
   * The login for a registry.
   *
   * @param registry as references name it: {@code docker.io}, {@code localhost:5000}
   */
  Optional<Login> find(String registry);
}
