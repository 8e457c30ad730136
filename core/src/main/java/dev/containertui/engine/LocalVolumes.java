package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerCatalog;
import dev.containertui.engine.api.own.VolumeJson;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import dev.containertui.volume.VolumeStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The store's volumes, as far as no container has them. */
record LocalVolumes(VolumeStore store, Lazy<ContainerCatalog> catalog) implements Volumes {
  @Override
  public Volume create(VolumeSpec spec) {
    return store.create(spec);
  }

  @Override
  public List<Volume> list() {
    return store.list();
  }

  @Override
  public Optional<Volume> find(String name) {
    return store.find(name);
  }

  @Override
  public void remove(String name) {
    store.locked(
        () -> {
          List<Container> users = VolumeUsers.of(name, catalog.get().list(true));
          if (!users.isEmpty()) {
            throw new EngineException(
                Kind.CONFLICT,
                "volume "
                    + name
                    + " is in use by container "
                    + users.stream().map(Container::name).collect(Collectors.joining(", ")),
                "remove the container first");
          }
          List<Path> damaged = catalog.get().damaged();
          if (!damaged.isEmpty()) {
            Path file = damaged.getFirst();
            throw new EngineException(
                Kind.CONFLICT,
                "volume " + name + " may be that of a container whose record is damaged: " + file,
                "repair that file, or remove the container's directory: " + file.getParent());
          }
          if (!store.remove(name)) {
            throw new EngineException(Kind.NOT_FOUND, "no such volume: " + name);
          }
          return null;
        });
  }

  @Override
  public Pruned prune(Predicate<Volume> filter) {
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    for (Volume volume : store.list()) {
      if (!filter.test(volume)) {
        continue;
      }
      try {
        long size = store.sizeOnDisk(volume);
        remove(volume.name());
        removed.add(volume.name());
        bytes += size;
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
    return JsonObject.pretty(VolumeJson.write(store.require(name)));
  }
}
