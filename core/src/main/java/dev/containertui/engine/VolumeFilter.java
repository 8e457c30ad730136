package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.volume.Volume;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which volumes are meant, by docker's rules ({@code volume ls --filter}, {@code GET
 * /volumes?filters}).
 *
 * <p>Keys: {@code dangling} (no container has it), {@code driver}, {@code label}, {@code label!},
 * {@code name} (a part of it).
 */
public final class VolumeFilter {
  private static final Set<String> KEYS = Set.of("dangling", "driver", "label", "label!", "name");
  private static final Set<String> PRUNE_KEYS = Set.of("all", "label", "label!");

  private final FilterTerms terms;
  private final Optional<Boolean> dangling;
  private final boolean all;

  private VolumeFilter(FilterTerms terms) {
    this.terms = terms;
    dangling = flag(terms, "dangling");
    all = flag(terms, "all").orElse(false);
  }

  /**
   * A filter for lists.
   *
   * @throws EngineException INVALID if there is no such key, or no such value
   */
  public static VolumeFilter of(FilterTerms terms) {
    terms.require(KEYS);
    return new VolumeFilter(terms);
  }

  /** The same for {@code volume prune}, which has {@code all}, {@code label} and {@code label!}. */
  public static VolumeFilter ofPrune(FilterTerms terms) {
    terms.require(PRUNE_KEYS);
    return new VolumeFilter(terms);
  }

  /** Whether volumes with a name of a user's are to be pruned too. */
  public boolean all() {
    return all;
  }

  /** Looks up which volumes containers have. */
  public Predicate<Volume> in(Engine engine) {
    List<Container> containers = dangling.isPresent() ? engine.containers().list(true) : List.of();
    LabelTerms labels = LabelTerms.of(terms);
    return volume ->
        labels.match(volume.labels())
            && dangling
                .map(wanted -> wanted == VolumeUsers.of(volume.name(), containers).isEmpty())
                .orElse(true)
            && (!terms.has("driver") || terms.of("driver").contains(Volume.DRIVER))
            && (!terms.has("name")
                || terms.of("name").stream().anyMatch(part -> volume.name().contains(part)));
  }

  private static Optional<Boolean> flag(FilterTerms terms, String key) {
    FilterTerms.requireSingle(key, terms.of(key));
    return terms.of(key).stream()
        .findFirst()
        .map(
            value ->
                switch (value) {
                  case "1", "true" -> true;
                  case "0", "false" -> false;
                  default ->
                      throw new EngineException(
                          Kind.INVALID, "invalid filter '" + key + "=" + value + "'");
                });
  }
}
