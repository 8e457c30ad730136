package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.VolumeUse;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.Volumes;
import dev.containertui.engine.api.own.VolumeJson;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The volumes of a remote engine. */
final class RemoteVolumes implements Volumes {
  private final ApiClient api;
  private final Supplier<DiskUsage> usage;

  /**
   * @param usage what the engine's things take of the disk
   */
  RemoteVolumes(ApiClient api, Supplier<DiskUsage> usage) {
    this.api = api;
    this.usage = usage;
  }

  @Override
  public Volume create(VolumeSpec spec) {
    ObjectNode body = Json.object().put("Driver", spec.driver());
    spec.name().ifPresent(name -> body.put("Name", name));
    ObjectNode labels = body.putObject("Labels");
    spec.labels().forEach(labels::put);
    ObjectNode options = body.putObject("DriverOpts");
    spec.options().forEach(options::put);
    return VolumeJson.read(api.post(ApiClient.url("volumes", "create"), body));
  }

  @Override
  public List<Volume> list() {
    List<Volume> volumes = new ArrayList<>();
    for (JsonNode volume : api.get(ApiClient.url("volumes")).path("Volumes")) {
      volumes.add(VolumeJson.read(volume));
    }
    return volumes;
  }

  @Override
  public Optional<Volume> find(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(VolumeJson.read(api.get(ApiClient.url("volumes", name))));
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void remove(String name) {
    api.delete(ApiClient.url("volumes", name));
  }

  @Override
  public Pruned prune(Predicate<Volume> filter) {
    Map<String, Long> sizes =
        usage.get().volumes().stream()
            .collect(Collectors.toMap(VolumeUse::name, VolumeUse::diskBytes, (a, _) -> a));
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    for (Volume volume : list()) {
      if (!filter.test(volume)) {
        continue;
      }
      try {
        remove(volume.name());
        removed.add(volume.name());
        bytes += sizes.getOrDefault(volume.name(), 0L);
      } catch (EngineException e) {
        if (e.kind() != Kind.CONFLICT && e.kind() != Kind.NOT_FOUND) {
          throw e;
        }
        // A container has it, or somebody else has removed it.
      }
    }
    return new Pruned(removed, bytes);
  }

  @Override
  public String inspectJson(String name) {
    return Json.pretty(api.get(ApiClient.url("volumes", name)));
  }
}
