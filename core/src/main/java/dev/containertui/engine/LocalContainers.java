package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerCatalog;
import dev.containertui.container.ContainerSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageStore;
import dev.containertui.image.ImageSummary;
import java.util.List;
import java.util.Optional;

/** The catalog's containers, made of the store's images. */
record LocalContainers(Lazy<ContainerCatalog> catalog, Lazy<ImageStore> store)
    implements Containers {
  @Override
  public Container create(ContainerSpec spec) {
    ImageSummary image =
        store
            .get()
            .find(spec.image(), spec.platform())
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.NOT_FOUND,
                        "image "
                            + spec.image()
                            + spec.platform().map(p -> " for " + p).orElse("")
                            + " is not in the store",
                        "container-tui pull " + spec.image()));
    return catalog.get().create(spec, image.digest());
  }

  @Override
  public List<Container> list(boolean all) {
    return catalog.get().list(all);
  }

  @Override
  public Optional<Container> find(String nameOrId) {
    return catalog.get().find(nameOrId);
  }

  @Override
  public String inspectJson(String nameOrId) {
    return catalog.get().inspectJson(nameOrId);
  }
}
