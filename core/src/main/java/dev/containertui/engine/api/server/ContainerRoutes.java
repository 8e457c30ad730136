package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Makes containers, tells about them, changes and removes them. */
final class ContainerRoutes {
  private static final Set<String> PRUNE_FILTERS = Set.of("label", "label!", "until");

  private final Engine engine;

  ContainerRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.post("/containers/create", this::create);
    routes.post("/containers/prune", this::prune);
    routes.get("/containers/{id}/json", this::inspect);
    routes.post("/containers/{id}/rename", this::rename);
    routes.post("/containers/{id}/update", this::update);
    routes.delete("/containers/{id}", this::remove);
  }

  private void create(Request request) throws IOException {
    ContainerSpec spec =
        SpecReader.read(
            request.json(), request.query().text("name"), request.query().text("platform"));
    if (engine.images().find(spec.image()).isEmpty()) {
      throw new Failure(404, "No such image: " + spec.image());
    }
    Container container = engine.containers().create(spec);
    ObjectNode answer = Json.object().put("Id", container.id());
    answer.putArray("Warnings");
    request.answer(201, answer);
  }

  private void inspect(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    Optional<ImageSummary> image = engine.images().find(container.imageDigest());
    JsonNode config =
        image.map(i -> ImageJson.config(engine, i).path("config")).orElseGet(Json::object);
    ObjectNode ours = ContainerFacts.of(container).write();
    JsonNode record = Json.parse(engine.containers().inspectJson(container.id()), "the record");
    if (record.has("machine")) {
      ours.set("machine", record.get("machine"));
    }
    ObjectNode json =
        InspectJson.of(
            container,
            image.map(ImageSummary::id).orElse(container.imageDigest()),
            config,
            volume -> engine.volumes().find(volume).map(v -> v.disk().toString()).orElse(""),
            ours);
    if (request.query().flag("size")) {
      engine.diskUsage().containers().stream()
          .filter(use -> use.id().equals(container.id()))
          .forEach(
              use ->
                  json.put("SizeRw", use.diskBytes())
                      .put(
                          "SizeRootFs",
                          use.diskBytes() + image.map(ImageSummary::sizeBytes).orElse(0L)));
    }
    request.answer(json);
  }

  private void rename(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    String name =
        request
            .query()
            .text("name")
            .orElseThrow(() -> new Failure(400, "Neither old nor new names may be empty"));
    container.rename(name.startsWith("/") ? name.substring(1) : name);
    request.noContent();
  }

  private void update(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    ObjectNode body = request.json();
    HostConfigRules.check(body);
    long memory = body.path("Memory").asLong();
    boolean policyGiven = !body.path("RestartPolicy").path("Name").asText("").isEmpty();
    Optional<RestartPolicy> policy =
        policyGiven
            ? Optional.of(SpecReader.restartPolicy(body.path("RestartPolicy")))
            : Optional.empty();
    Optional<Double> cpus = SpecReader.cpus(body);
    container.update(
        new ResourceUpdate(
            cpus.isPresent() ? OptionalDouble.of(cpus.get()) : OptionalDouble.empty(),
            memory == 0 ? OptionalLong.empty() : OptionalLong.of(memory),
            policy));
    ObjectNode answer = Json.object();
    answer.putArray("Warnings");
    request.answer(answer);
  }

  private void remove(Request request) throws IOException {
    if (request.query().flag("link")) {
      throw new Failure(501, "this engine does not have links between containers");
    }
    Container container = Lookup.container(engine, request);
    boolean force = request.query().flag("force");
    try {
      container.remove(force, request.query().flag("v"));
    } catch (EngineException e) {
      if (e.kind() == Kind.CONFLICT && !force && container.state().isActive()) {
        throw new Failure(
            409,
            "cannot remove container \"/%s\": container is %s: stop the container before removing or force remove"
                .formatted(container.name(), StateJson.word(container.state())));
      }
      throw e;
    }
    request.noContent();
  }

  private void prune(Request request) throws IOException {
    Filters filters = new Filters(request.query(), PRUNE_FILTERS);
    Optional<Instant> until = Prune.until(filters);
    Pruned pruned =
        engine
            .containers()
            .prune(
                container ->
                    filters.allowsLabels(container.spec().labels())
                        && until.map(container.createdAt()::isBefore).orElse(true));
    ObjectNode answer = Json.object();
    answer.set("ContainersDeleted", Json.strings(pruned.names()));
    answer.put("SpaceReclaimed", pruned.reclaimedBytes());
    request.answer(answer);
  }
}
