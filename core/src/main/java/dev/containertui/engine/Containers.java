package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.Unsupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The containers of an engine. */
public interface Containers {
  /**
   * Makes a container of an image that is in the store; boots nothing.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND if the image is not there; CONFLICT if
   *     the name is taken; INVALID if it could never start, for example without a command
   */
  Container create(ContainerSpec spec);

  /** All containers, newest first; ended ones too if {@code all}. */
  List<Container> list(boolean all);

  /** The same with what there is to know of each, found out at once. */
  default List<ContainerSummary> summaries(boolean all) {
    return list(all).stream().map(ContainerSummary::of).toList();
  }

  /**
   * By name, id or unique prefix of an id.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if more than one id has the prefix
   */
  Optional<Container> find(String nameOrId);

  /** Samples of all that run, taken side by side; one that ends meanwhile is left out. */
  default Map<String, ContainerStats> stats() {
    throw Unsupported.of("sampling all containers");
  }

  /**
   * Removes those that do not run.
   *
   * @param filter which of them
   * @return with their ids
   */
  default Pruned prune(Predicate<Container> filter) {
    throw Unsupported.of("removing containers");
  }

  /**
   * What {@code inspect} prints: JSON object with state, specification, image, machine, network and
   * boot timeline.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND; CONFLICT as {@link #find}
   */
  String inspectJson(String nameOrId);
}
