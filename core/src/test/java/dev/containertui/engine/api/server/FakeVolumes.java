package dev.containertui.engine.api.server;

import dev.containertui.engine.Pruned;
import dev.containertui.engine.VolumeUsers;
import dev.containertui.engine.Volumes;
import dev.containertui.engine.api.own.VolumeJson;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeName;
import dev.containertui.volume.VolumeSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Volumes in memory. */
final class FakeVolumes implements Volumes {
  private final FakeEngine engine;
  private final Map<String, Volume> volumes = new TreeMap<>();

  FakeVolumes(FakeEngine engine) {
    this.engine = engine;
  }

  @Override
  public Volume create(VolumeSpec spec) {
    Map<String, String> labels = new LinkedHashMap<>(spec.labels());
    if (spec.name().isEmpty()) {
      labels.put(Volume.ANONYMOUS_LABEL, "");
    }
    String name = spec.name().map(VolumeName::checked).orElseGet(VolumeName::anonymous);
    return volumes.computeIfAbsent(
        name,
        _ ->
            new Volume(
                name,
                Instant.parse("2026-01-01T00:00:07Z"),
                labels,
                spec.options(),
                1 << 30,
                Path.of("/volumes", name, "disk.ext4")));
  }

  @Override
  public List<Volume> list() {
    return List.copyOf(volumes.values());
  }

  @Override
  public Optional<Volume> find(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  @Override
  public void remove(String name) {
    if (!VolumeUsers.of(name, List.copyOf(engine.containers)).isEmpty()) {
      throw new EngineException(Kind.CONFLICT, "volume " + name + " is in use");
    } else if (volumes.remove(name) == null) {
      throw new EngineException(Kind.NOT_FOUND, "no such volume: " + name);
    }
  }

  @Override
  public Pruned prune(Predicate<Volume> filter) {
    List<String> names =
        list().stream()
            .filter(filter)
            .map(Volume::name)
            .filter(name -> VolumeUsers.of(name, List.copyOf(engine.containers)).isEmpty())
            .toList();
    names.forEach(volumes::remove);
    return new Pruned(names, 4096L * names.size());
  }

  @Override
  public String inspectJson(String name) {
    return VolumeJson.write(volumes.get(name)).toPrettyString();
  }
}
