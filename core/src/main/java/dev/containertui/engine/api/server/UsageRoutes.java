package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.DiskUsage.VolumeUse;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.Facts;
import dev.containertui.engine.api.own.VolumeJson;
import dev.containertui.image.ImageSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code docker system df}. */
final class UsageRoutes {
  private final Engine engine;

  UsageRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/system/df", this::usage);
  }

  private void usage(Request request) throws IOException {
    List<String> types = request.query().all("type");
    DiskUsage usage = engine.diskUsage();
    Map<String, ImageSummary> images =
        engine.images().list().stream()
            .collect(Collectors.toMap(ImageSummary::digest, Function.identity(), (a, _) -> a));
    ObjectNode json = Json.object().put("LayersSize", usage.layersBytes());
    if (types.isEmpty() || types.contains("image")) {
      images(usage, images, json.putArray("Images"));
    }
    if (types.isEmpty() || types.contains("container")) {
      containers(usage, json.putArray("Containers"));
    }
    if (types.isEmpty() || types.contains("volume")) {
      volumes(usage, json.putArray("Volumes"));
    }
    if (types.isEmpty() || types.contains("build-cache")) {
      json.putArray("BuildCache");
    }
    json.set(ContainerTui.FIELD, Facts.write(usage));
    request.answer(json);
  }

  private void volumes(DiskUsage usage, ArrayNode json) {
    for (VolumeUse use : usage.volumes()) {
      engine
          .volumes()
          .find(use.name())
          .ifPresent(
              volume ->
                  json.add(
                      VolumeJson.write(volume)
                          .set(
                              "UsageData",
                              Json.object()
                                  .put("Size", use.diskBytes())
                                  .put("RefCount", use.containers()))));
    }
  }

  private void images(DiskUsage usage, Map<String, ImageSummary> images, ArrayNode json) {
    for (ImageUse use : usage.images()) {
      ImageSummary image = images.get(use.digest());
      if (image != null) {
        json.add(
            ImageJson.summary(engine, image, use.containers())
                .put("Size", use.sizeBytes())
                .put("SharedSize", use.sizeBytes() - use.uniqueBytes()));
      }
    }
  }

  private void containers(DiskUsage usage, ArrayNode json) {
    Map<String, ContainerUse> uses =
        usage.containers().stream()
            .collect(Collectors.toMap(ContainerUse::id, Function.identity()));
    Map<String, ImageSummary> none = Map.of();
    for (Container container : engine.containers().list(true)) {
      json.add(ContainerListing.summary(container, none, uses));
    }
  }
}
