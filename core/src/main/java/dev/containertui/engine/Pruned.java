package dev.containertui.engine;

import java.util.List;

/**
 * What a clean-up has removed.
 *
 * @param names of what went
 * @param reclaimedBytes of the disk that are free now
 */
public record Pruned(List<String> names, long reclaimedBytes) {
  public Pruned {
    names = List.copyOf(names);
  }
}
