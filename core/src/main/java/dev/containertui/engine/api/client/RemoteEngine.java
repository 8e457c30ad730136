package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.Unsupported;
import dev.containertui.engine.Containers;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.LocalEngine;
import dev.containertui.engine.Templates;
import dev.containertui.engine.Volumes;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.Facts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The engine at the other end of a Unix socket: ours, or another one that speaks Docker's Engine
 * API, as far as that goes.
 *
 * <p>Kernels and templates are files that several processes may work on, so they are worked on
 * here; the diagnosis is of this process's view. Closing it ends no container.
 */
public final class RemoteEngine implements Engine {
  private final ApiClient api;
  private final Changes changes = new Changes();
  private final Optional<EngineConfig> config;
  private final Images images;
  private final Containers containers;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private LocalEngine local;

  private RemoteEngine(
      Path socket, Optional<EngineConfig> config, Runnable revive, Consumer<String> notices) {
    this.api = new ApiClient(socket, revive, notices);
    this.config = config;
    images = new RemoteImages(api);
    containers =
        new RemoteContainers(api, changes, config.map(EngineConfig::coldBoot).orElse(false));
  }

  /**
   * The user's own engine; connects when something is first asked for.
   *
   * @param revive called if nobody listens at the socket; when it returns, somebody should
   * @param notices told, once, if the engine is of another build than this program
   */
  public static RemoteEngine of(
      Path socket, EngineConfig config, Runnable revive, Consumer<String> notices) {
    return new RemoteEngine(socket, Optional.of(config), revive, notices);
  }

  /** Any engine that listens at a socket; without kernels, templates and diagnosis. */
  public static RemoteEngine at(Path socket) {
    return new RemoteEngine(socket, Optional.empty(), () -> {}, notice -> {});
  }

  private synchronized LocalEngine local(String what) {
    if (local == null) {
      local = LocalEngine.open(config.orElseThrow(() -> Unsupported.of(what)));
    }
    return local;
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public Volumes volumes() {
    return new RemoteVolumes(api, this::diskUsage);
  }

  @Override
  public Kernels kernels() {
    return local("managing kernels").kernels();
  }

  @Override
  public Templates templates() {
    return local("managing templates").templates();
  }

  @Override
  public List<Finding> diagnose() {
    return local("examining its host").diagnose();
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return subscribe(Optional.empty(), listener);
  }

  @Override
  public Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    return subscribe(Optional.of(since), listener);
  }

  @Override
  public <T> T watch(Supplier<T> look) {
    return ApiClient.watch(look);
  }

  private Subscription subscribe(Optional<Instant> since, Consumer<EngineEvent> listener) {
    RemoteEvents events = RemoteEvents.subscribe(api, changes, since, listener);
    subscriptions.add(events);
    return () -> {
      subscriptions.remove(events);
      events.close();
    };
  }

  @Override
  public EngineInfo info() {
    JsonNode info = api.get(ApiClient.url("info"));
    if (info.path(ContainerTui.FIELD).isObject()) {
      return Facts.info(info.path(ContainerTui.FIELD));
    }
    JsonNode version = api.get(ApiClient.url("version"));
    return new EngineInfo(
        Json.text(info, "ID"),
        Json.text(info, "ServerVersion"),
        0,
        Json.instant(info, "SystemTime").orElse(Instant.EPOCH),
        Path.of(Json.text(info, "DockerRootDir")),
        info.path("Containers").asInt(),
        info.path("ContainersRunning").asInt(),
        info.path("ContainersPaused").asInt(),
        info.path("Images").asInt(),
        info.path("NCPU").asInt(),
        info.path("MemTotal").asLong(),
        Json.text(info, "KernelVersion"),
        Json.text(info, "OperatingSystem"),
        Json.text(version.path("Platform"), "Name"),
        Json.text(version, "Version"),
        "");
  }

  @Override
  public boolean endsWithCaller() {
    return false;
  }

  @Override
  public DiskUsage diskUsage() {
    JsonNode usage = api.get(ApiClient.url("system", "df"));
    if (usage.path(ContainerTui.FIELD).isObject()) {
      return Facts.diskUsage(usage.path(ContainerTui.FIELD));
    }
    List<DiskUsage.ImageUse> ofImages = new ArrayList<>();
    for (JsonNode image : usage.path("Images")) {
      long size = image.path("Size").asLong();
      ofImages.add(
          new DiskUsage.ImageUse(
              Json.text(image, "Id"),
              size,
              size - image.path("SharedSize").asLong(),
              image.path("Containers").asInt()));
    }
    List<DiskUsage.ContainerUse> ofContainers = new ArrayList<>();
    for (JsonNode container : usage.path("Containers")) {
      ofContainers.add(
          new DiskUsage.ContainerUse(
              Json.text(container, "Id"), container.path("SizeRw").asLong(), 0));
    }
    List<DiskUsage.VolumeUse> ofVolumes = new ArrayList<>();
    for (JsonNode volume : usage.path("Volumes")) {
      ofVolumes.add(
          new DiskUsage.VolumeUse(
              Json.text(volume, "Name"),
              Math.max(0, volume.path("UsageData").path("Size").asLong()),
              Math.max(0, volume.path("UsageData").path("RefCount").asInt())));
    }
    return new DiskUsage(
        usage.path("LayersSize").asLong(), 0, 0, 0, ofImages, ofContainers, ofVolumes);
  }

  /** Ends what is asked for here; the engine and its containers run on. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
    synchronized (this) {
      if (local != null) {
        local.close();
      }
    }
    api.close();
  }
}
