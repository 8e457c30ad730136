package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.VolumeUsers;
import dev.containertui.engine.api.ApiVersion;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.VolumeJson;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code docker volume}. */
final class VolumeRoutes {
  private static final Set<String> FILTERS = Set.of("dangling", "driver", "label", "name");
  private static final Set<String> PRUNE_FILTERS = Set.of("all", "label", "label!");
  private static final int MAX_ENTRIES = 10_000;

  /** Before it, a prune took volumes with names too. */
  private static final ApiVersion ANONYMOUS_ALONE = ApiVersion.parse("1.42").orElseThrow();

  private final Engine engine;

  VolumeRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/volumes", this::list);
    routes.post("/volumes/create", this::create);
    routes.post("/volumes/prune", this::prune);
    routes.get("/volumes/{name}", this::inspect);
    routes.delete("/volumes/{name}", this::remove);
  }

  private void list(Request request) throws IOException {
    Filters filters = new Filters(request.query(), FILTERS);
    List<Container> containers =
        filters.has("dangling") ? engine.containers().list(true) : List.of();
    ObjectNode json = Json.object();
    ArrayNode volumes = json.putArray("Volumes");
    engine.volumes().list().stream()
        .filter(volume -> allows(filters, volume, containers))
        .forEach(volume -> volumes.add(VolumeJson.write(volume)));
    json.putNull("Warnings");
    request.answer(json);
  }

  private static boolean allows(Filters filters, Volume volume, List<Container> containers) {
    boolean unused = VolumeUsers.of(volume.name(), containers).isEmpty();
    return filters.allows("driver", Volume.DRIVER)
        && filters.allowsLabels(volume.labels())
        && (!filters.has("name") || filters.all("name").stream().anyMatch(volume.name()::contains))
        && (!filters.has("dangling") || filters.flag("dangling", false) == unused);
  }

  private void create(Request request) throws IOException {
    ObjectNode body = request.json();
    if (!body.path("ClusterVolumeSpec").isEmpty()) {
      throw new Failure(501, "this engine does not have cluster volumes");
    }
    Volume volume =
        engine
            .volumes()
            .create(
                new VolumeSpec(
                    SpecReader.text(body, "Name"),
                    SpecReader.text(body, "Driver").orElse(Volume.DRIVER),
                    map(body, "Labels"),
                    map(body, "DriverOpts")));
    request.answer(201, VolumeJson.write(volume));
  }

  private static Map<String, String> map(JsonNode json, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    if (json.path(field).size() > MAX_ENTRIES) {
      throw new Failure(400, field + " has too many entries");
    }
    json.path(field).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  private void inspect(Request request) throws IOException {
    String name = request.path("name");
    request.answer(VolumeJson.write(find(name)));
  }

  private Volume find(String name) {
    return engine.volumes().find(name).orElseThrow(() -> noSuch(name));
  }

  private static Failure noSuch(String name) {
    return new Failure(404, "get " + name + ": no such volume");
  }

  private void remove(Request request) throws IOException {
    String name = request.path("name");
    try {
      engine.volumes().remove(name);
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND && request.query().flag("force")) {
        request.noContent();
        return;
      } else if (e.kind() == Kind.NOT_FOUND) {
        throw noSuch(name);
      }
      List<Container> users = VolumeUsers.of(name, engine.containers().list(true));
      if (e.kind() == Kind.CONFLICT && !users.isEmpty()) {
        throw new Failure(
            409,
            "remove %s: volume is in use - [%s]"
                .formatted(
                    name, users.stream().map(Container::id).collect(Collectors.joining(", "))));
      }
      throw e;
    }
    request.noContent();
  }

  private void prune(Request request) throws IOException {
    Filters filters = new Filters(request.query(), PRUNE_FILTERS);
    boolean named = request.version().compareTo(ANONYMOUS_ALONE) < 0 || filters.flag("all", false);
    Pruned pruned =
        engine
            .volumes()
            .prune(
                volume -> (named || volume.anonymous()) && filters.allowsLabels(volume.labels()));
    ObjectNode answer = Json.object();
    answer.set("VolumesDeleted", Json.strings(pruned.names()));
    answer.put("SpaceReclaimed", pruned.reclaimedBytes());
    request.answer(answer);
  }
}
