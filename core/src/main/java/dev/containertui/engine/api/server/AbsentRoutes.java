package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.http.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Networks as far as there are any, and what this engine does not have at all. */
final class AbsentRoutes {
  private static final Set<String> NETWORK_FILTERS =
      Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

  private static final String NO_SWARM =
      "This node is not a swarm manager, and this engine is never one.";

  private final Engine engine;

  AbsentRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/networks", this::networks);
    routes.get("/networks/{id}", this::network);
    routes.post("/networks/prune", request -> prunedNothing(request, "NetworksDeleted"));
    absent(routes, "POST", "further networks", "/networks/create");
    absent(
        routes, "POST", "further networks", "/networks/{id}/connect", "/networks/{id}/disconnect");
    routes.delete("/networks/{id}", AbsentRoutes::removeNetwork);

    absent(routes, "GET", "a search of registries", "/images/search");
    absent(routes, "POST", "a builder of images", "/build", "/build/cancel");
    routes.post("/build/prune", AbsentRoutes::prunedBuilds);
    absent(routes, "POST", "a builder of images", "/session", "/grpc");
    absent(routes, "GET", "attaching over WebSocket", "/containers/{id}/attach/ws");
    absent(routes, "POST", "checkpoints", "/containers/{id}/checkpoints");
    absent(routes, "GET", "checkpoints", "/containers/{id}/checkpoints");

    for (String list : new String[] {"/nodes", "/services", "/tasks", "/secrets", "/configs"}) {
      routes.get(list, AbsentRoutes::noSwarm);
      routes.get(list + "/{id}", AbsentRoutes::noSwarm);
      routes.post(list + "/create", AbsentRoutes::noSwarm);
      routes.delete(list + "/{id}", AbsentRoutes::noSwarm);
    }
    routes.get("/swarm", AbsentRoutes::noSwarm);
    absent(routes, "POST", "swarms", "/swarm/init", "/swarm/join");
    routes.post("/swarm/leave", AbsentRoutes::noSwarm);
    routes.post("/swarm/update", AbsentRoutes::noSwarm);

    routes.get("/plugins", request -> request.answer(Json.array()));
    absent(routes, "GET", "plugins", "/plugins/privileges");
    absent(routes, "POST", "plugins", "/plugins/pull", "/plugins/create");
  }

  private static void absent(Routes routes, String method, String what, String... paths) {
    for (String path : paths) {
      Routes.Action refuse =
          _ -> {
            throw new Failure(501, "this engine does not have " + what);
          };
      if (method.equals("GET")) {
        routes.get(path, refuse);
      } else {
        routes.post(path, refuse);
      }
    }
  }

  private static void noSwarm(Request request) {
    throw new Failure(503, NO_SWARM);
  }

  private List<Container> connected() {
    return engine.containers().list(false).stream()
        .filter(container -> container.address().isPresent())
        .toList();
  }

  private void networks(Request request) throws IOException {
    Filters filters = new Filters(request.query(), NETWORK_FILTERS);
    ArrayNode json = Json.array();
    boolean wanted =
        (!filters.has("name") || filters.all("name").stream().anyMatch(NetworkJson.NAME::contains))
            && (!filters.has("id") || filters.all("id").stream().anyMatch(NetworkJson.ID::contains))
            && filters.allows("driver", "bridge")
            && filters.allows("scope", "local")
            && filters.allows("type", "builtin")
            && !filters.has("label")
            && !filters.flag("dangling", false);
    if (wanted) {
      json.add(NetworkJson.network(List.of()));
    }
    request.answer(json);
  }

  private static void requireNetwork(String name) {
    if (!name.equals(NetworkJson.NAME) && !NetworkJson.ID.startsWith(name)) {
      throw new Failure(404, "network " + name + " not found");
    }
  }

  private static void removeNetwork(Request request) {
    requireNetwork(request.path("id"));
    throw new Failure(403, NetworkJson.NAME + " is a pre-defined network and cannot be removed");
  }

  private void network(Request request) throws IOException {
    requireNetwork(request.path("id"));
    request.answer(NetworkJson.network(connected()));
  }

  private static void prunedNothing(Request request, String list) throws IOException {
    ObjectNode json = Json.object();
    json.putArray(list);
    request.answer(json.put("SpaceReclaimed", 0));
  }

  private static void prunedBuilds(Request request) throws IOException {
    ObjectNode json = Json.object();
    json.putArray("CachesDeleted");
    request.answer(json.put("SpaceReclaimed", 0));
  }
}
