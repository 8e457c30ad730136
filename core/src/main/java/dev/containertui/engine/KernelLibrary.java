package dev.containertui.engine;

import dev.containertui.container.ContainerSupplies.BootFiles;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.guest.GuestInit;
import dev.containertui.kernel.Initramfs;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelBuildEvent;
import dev.containertui.kernel.KernelBuilder;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.KernelStore;
import dev.containertui.kernel.Mitigations;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VmSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Guest kernels, and what machines boot of them. */
final class KernelLibrary implements Kernels {
  private final KernelStore store;
  private final Path cache;
  private final Supplier<Hypervisor.Availability> machines;

  /**
   * @param machines how machines run on this host
   */
  KernelLibrary(KernelStore store, Path cache, Supplier<Hypervisor.Availability> machines) {
    this.store = store;
    this.cache = cache;
    this.machines = machines;
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

  @Override
  public InstalledKernel build(Mitigations mitigations, Consumer<KernelBuildEvent> progress) {
    boolean with =
        switch (mitigations) {
          case ON -> true;
          case OFF -> false;
          case AUTO -> !machines.get().accelerator().equals("tcg");
        };
    return new KernelBuilder(store, cache).build(with, progress);
  }

  @Override
  public InstalledKernel makeDefault(String name) {
    return store.makeDefault(name);
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
