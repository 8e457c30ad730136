package dev.containertui.engine;

import dev.containertui.container.ContainerSupplies.BootFiles;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.guest.GuestInit;
import dev.containertui.kernel.Initramfs;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.KernelStore;
import dev.containertui.vm.VmSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Guest kernels, and what machines boot of them. */
final class KernelLibrary implements Kernels {
  private final KernelStore store;
  private final Path cache;

  KernelLibrary(KernelStore store, Path cache) {
    this.store = store;
    this.cache = cache;
  }

  @Override
  public List<InstalledKernel> list() {
    return store.list();
  }

  @Override
  public Optional<InstalledKernel> defaultKernel() {
    return store.defaultKernel();
  }

  @Override
  public InstalledKernel install(Consumer<KernelInstallEvent> progress) {
    return store.install(progress);
  }

  /** What a hypervisor has to know of a kernel. */
  static VmSpec.Kernel bootable(InstalledKernel kernel) {
    return new VmSpec.Kernel(kernel.image(), kernel.acpi());
  }

  /**
   * What a machine boots.
   *
   * @throws EngineException NOT_FOUND if there is no kernel
   */
  BootFiles bootFiles(Optional<Path> ownKernel) {
    InstalledKernel kernel =
        ownKernel
            .map(store::fromFile)
            .or(store::defaultKernel)
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.NOT_FOUND,
                        "no kernel is installed for the containers' machines",
                        "container-tui kernel install"));
    byte[] init = GuestInit.binary(System.getProperty("os.arch"));
    return new BootFiles(bootable(kernel), Initramfs.cached(cache, kernel, init));
  }
}
