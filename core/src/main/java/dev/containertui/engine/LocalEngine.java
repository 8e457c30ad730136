package dev.containertui.engine;

import dev.containertui.container.ContainerCatalog;
import dev.containertui.container.ContainerSupplies;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.image.ImageStore;
import dev.containertui.kernel.KernelStore;
import dev.containertui.registry.RegistryClient;
import dev.containertui.rootfs.RootFilesystems;
import dev.containertui.template.TemplateStore;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.qemu.QemuConfig;
import dev.containertui.vm.qemu.QemuHypervisor;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The engine that lives in the calling process: its containers end with it.
 *
 * <p>It is opened for every command, so it opens nothing itself: each part is made when it is first
 * used.
 */
public final class LocalEngine implements Engine {
  private final EngineConfig config;
  private final StateDirectories directories;
  private final EventBus events = new EventBus();
  private final Lazy<RegistryClient> registry = new Lazy<>(RegistryClient::create);
  private final Lazy<ImageStore> imageStore;
  private final Lazy<ContainerCatalog> catalog;
  private final Lazy<ImageLibrary> images;
  private final KernelLibrary kernels;
  private final Lazy<Hypervisor> hypervisor;
  private final TemplateStore templateStore;
  private final Lazy<ContainerSupplies> supplies;

  private LocalEngine(EngineConfig config) {
    this.config = config;
    directories = config.directories();
    imageStore = new Lazy<>(() -> ImageStore.open(directories.content(), registry::get));
    KernelStore kernelStore = new KernelStore(directories.kernels());
    hypervisor =
        new Lazy<>(
            () ->
                new QemuHypervisor(
                    new QemuConfig(
                        Optional.empty(),
                        System.getenv().getOrDefault("PATH", ""),
                        directories.cache(),
                        () -> kernelStore.defaultKernel().map(KernelLibrary::bootable))));
    kernels =
        new KernelLibrary(kernelStore, directories.cache(), () -> hypervisor.get().available());
    catalog = new Lazy<>(this::openCatalog);
    images =
        new Lazy<>(
            () ->
                new ImageLibrary(
                    imageStore, new RootFilesystems(directories.rootfs()), catalog, events));
    templateStore = new TemplateStore(directories.templates());
    supplies =
        new Lazy<>(
            () ->
                new Supplies(
                    imageStore,
                    images,
                    kernels,
                    hypervisor,
                    templateStore,
                    config.coldBoot(),
                    config.imageTemplates(),
                    directories.ensureRuntime()));
  }

  /** Opens an engine. */
  public static LocalEngine open(EngineConfig config) {
    return new LocalEngine(config);
  }

  /**
   * Does what every start of a machine begins with, so that a later one in this process is quicker;
   * optional.
   *
   * @throws dev.containertui.error.EngineException if no machine could be started
   */
  public void prepareStart() {
    images().list();
    kernels.bootFiles(Optional.empty());
    hypervisor.get().available();
  }

  private ContainerCatalog openCatalog() {
    ContainerCatalog opened =
        new ContainerCatalog(
            directories.containers(),
            supplies.get(),
            (action, id, name) ->
                events.publish(new ContainerChanged(Instant.now(), action, id, name)));
    if (Files.exists(directories.containers()) || Files.exists(directories.templates())) {
      Thread.ofVirtual()
          .name("reaper")
          .start(
              () -> {
                opened.reapOrphans();
                templateStore.sweep();
              });
    }
    return opened;
  }

  @Override
  public Images images() {
    return images.get();
  }

  @Override
  public Containers containers() {
    return new LocalContainers(catalog, imageStore);
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public Templates templates() {
    return new TemplateLibrary(templateStore, supplies);
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return events.subscribe(listener);
  }

  @Override
  public DiskUsage diskUsage() {
    return new DiskCounter(imageStore.get(), directories, containers().list(true)).count();
  }

  @Override
  public List<Finding> diagnose() {
    return new Diagnosis(config, hypervisor.get(), kernels, images(), templates()).run();
  }

  /**
   * Ends every container of this engine and releases everything. May be called more than once and
   * from several threads, also from a shutdown hook; each call returns when all has ended.
   */
  @Override
  public void close() {
    catalog.ifMade().ifPresent(ContainerCatalog::close);
    registry.ifMade().ifPresent(RegistryClient::close);
    events.close();
  }
}
