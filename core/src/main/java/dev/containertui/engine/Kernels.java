package dev.containertui.engine;

import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelInstallEvent;
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
}
