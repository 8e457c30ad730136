package dev.containertui.engine;

import dev.containertui.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The booted machines that an engine keeps, for containers to start from. */
public interface Templates {
  /** All, the one used last first. */
  List<Template> list();

  /**
   * Has the template ready that containers of this shape start from; made if it is not there.
   *
   * @param cpus as of a container; empty: the default
   * @param memoryBytes as of a container; empty: the default
   * @param kernel as of a container; empty: the default
   * @throws dev.containertui.error.EngineException UNAVAILABLE if this hypervisor cannot keep
   *     machines or it fails; CONFLICT if somebody else is making it; INVALID; CANCELLED
   */
  Template build(Optional<Double> cpus, Optional<Long> memoryBytes, Optional<Path> kernel);

  /**
   * Removes one by name or unique prefix; containers started from it live on.
   *
   * @return its name
   * @throws dev.containertui.error.EngineException NOT_FOUND, CONFLICT
   */
  String remove(String keyOrPrefix);

  /**
   * Removes those that nothing has started from for a while, and what broken makings left.
   *
   * @param all those in use too
   * @return what was removed
   */
  List<Template> prune(boolean all);

  /** Clones that run now, and the memory that they and nobody else use. */
  Use use(Template template);

  /**
   * What a template's clones use.
   *
   * @param proportionalBytes the clones' memory, shared pages counted by shares (PSS)
   */
  record Use(int clones, long proportionalBytes) {}
}
