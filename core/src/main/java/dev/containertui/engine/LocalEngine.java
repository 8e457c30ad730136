package dev.containertui.engine;

import dev.containertui.container.ContainerCatalog;
import dev.containertui.container.ContainerSupplies;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.host.OwnerLock;
import dev.containertui.image.ImageStore;
import dev.containertui.kernel.KernelStore;
import dev.containertui.registry.RegistryClient;
import dev.containertui.rootfs.RootFilesystems;
import dev.containertui.template.TemplateStore;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.qemu.QemuConfig;
import dev.containertui.vm.qemu.QemuHypervisor;
import dev.containertui.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The engine that lives in the calling process.
 *
 * <p>Opened by {@link #open} its containers end with it. Opened by {@link #openSupervising} it is
 * the one engine that holds the state directory: its containers outlive it, and it takes up those
 * of an engine before it, however that ended.
 *
 * <p>It is opened for every command, so it opens nothing itself: each part is made when it is first
 * used.
 */
public final class LocalEngine implements Engine {
  private static final String LOCK = "engine.lock";

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
  private final VolumeStore volumeStore;
  private final Lazy<ContainerSupplies> supplies;
  private final EngineIdentity identity;
  private final Optional<OwnerLock> hold;
  private final AtomicBoolean released = new AtomicBoolean();

  /**
   * @param hold on the state directory, if it supervises
   */
  private LocalEngine(EngineConfig config, Optional<OwnerLock> hold) {
    this.config = config;
    this.hold = hold;
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
    volumeStore = new VolumeStore(directories.volumes());
    templateStore = new TemplateStore(directories.templates());
    identity = new EngineIdentity(directories.data());
    supplies =
        new Lazy<>(
            () ->
                new Supplies(
                    imageStore,
                    images,
                    kernels,
                    hypervisor,
                    templateStore,
                    volumeStore,
                    config.coldBoot(),
                    config.imageTemplates(),
                    config.publishAddress(),
                    directories.ensureRuntime()));
  }

  /** Opens an engine whose containers end with this process. */
  public static LocalEngine open(EngineConfig config) {
    return new LocalEngine(config, Optional.empty());
  }

  /**
   * Opens the engine that holds the state directory. Its containers run on when this process ends
   * without {@link #close}. When this returns it is known what became of those of the engine
   * before.
   *
   * @throws EngineException CONFLICT if another process holds it
   */
  public static LocalEngine openSupervising(EngineConfig config) {
    Path data = config.directories().data();
    try {
      DurableFiles.createPrivate(data);
    } catch (IOException e) {
      throw DiskErrors.of("cannot make the directory for the engine's state", data, e);
    }
    OwnerLock hold =
        OwnerLock.tryTake(data.resolve(LOCK))
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.CONFLICT, "another engine holds the state directory " + data));
    LocalEngine engine = new LocalEngine(config, Optional.of(hold));
    try {
      engine.catalog.get().takeUp();
      return engine;
    } catch (RuntimeException e) {
      engine.detach();
      throw e;
    }
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
            (action, id, name, attributes) ->
                events.publish(new ContainerChanged(Instant.now(), action, id, name, attributes)),
            hold.isPresent());
    if (Stream.of(directories.containers(), directories.templates(), directories.volumes())
        .anyMatch(Files::exists)) {
      Thread.ofVirtual()
          .name("reaper")
          .start(
              () -> {
                opened.reapOrphans();
                templateStore.sweep();
                volumeStore.sweep();
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
    return new LocalContainers(catalog, imageStore, events);
  }

  @Override
  public Volumes volumes() {
    return new LocalVolumes(volumeStore, catalog);
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
  public Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    return events.subscribe(since, listener);
  }

  @Override
  public EngineInfo info() {
    return identity.info(containers().list(true), images().list().size(), hypervisor.get());
  }

  @Override
  public boolean endsWithCaller() {
    return true;
  }

  @Override
  public DiskUsage diskUsage() {
    return new DiskCounter(imageStore.get(), directories, containers().list(true), volumeStore)
        .count();
  }

  @Override
  public List<Finding> diagnose() {
    return new Diagnosis(
            config, hypervisor.get(), kernels, images(), templates(), () -> catalog.get().damaged())
        .run();
  }

  /**
   * Ends every container of this engine and releases everything. May be called more than once and
   * from several threads, also from a shutdown hook; each call returns when all has ended.
   */
  @Override
  public void close() {
    catalog.ifMade().ifPresent(ContainerCatalog::close);
    release();
  }

  /**
   * Releases everything, but lets the containers run on, for the next engine that supervises; one
   * whose start is under way is not started. What runs in an engine that does not supervise is
   * ended by its machine's lease.
   */
  public void detach() {
    catalog.ifMade().ifPresent(ContainerCatalog::letGo);
    release();
  }

  private void release() {
    registry.ifMade().ifPresent(RegistryClient::close);
    events.close();
    if (released.compareAndSet(false, true)) {
      // A second time it might be that of an engine after this one.
      hold.ifPresent(OwnerLock::close);
    }
  }
}
