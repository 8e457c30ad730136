package dev.containertui.engine;

import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelBuildEvent;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.Mitigations;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The guest kernels of an engine. */
public interface Kernels {
  /** Installed kernels; the default one first. */
  List<InstalledKernel> list();

  /** The kernel that containers boot unless they say otherwise. */
  Optional<InstalledKernel> defaultKernel();

  /**
   * Fetches the distribution's kernel with the package manager, unpacks it and makes it the
   * default.
   */
  InstalledKernel install(Consumer<KernelInstallEvent> progress);

  /**
   * Builds a lean kernel from the distribution's source package, unless the very same is there;
   * takes minutes. The default stays as it is.
   */
  InstalledKernel build(Mitigations mitigations, Consumer<KernelBuildEvent> progress);

  /**
   * Makes an installed kernel the default.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND if there is none of that name
   */
  InstalledKernel makeDefault(String name);
}
