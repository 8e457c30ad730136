package dev.containertui.engine;

import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The volumes of an engine. */
public interface Volumes {
  /**
   * Makes a volume; one of that name that is there already is returned as it is.
   *
   * @throws dev.containertui.error.EngineException INVALID for a name or a size that no volume has,
   *     EXHAUSTED, CONFLICT if it is there with another size
   */
  Volume create(VolumeSpec spec);

  /** All of them, by name. */
  List<Volume> list();

  /** The volume of that name. */
  Optional<Volume> find(String name);

  /**
   * Removes a volume with all that is in it.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND; CONFLICT if a container has it,
   *     running or not
   */
  void remove(String name);

  /** Removes all that no container has and that the filter lets through. */
  Pruned prune(Predicate<Volume> filter);

  /**
   * What is known of a volume, in Docker's words.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND
   */
  String inspectJson(String name);
}
