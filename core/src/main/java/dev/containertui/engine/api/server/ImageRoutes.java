package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Images.HistoryStep;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Images that are here: listed, told about, named, removed, made of containers. */
final class ImageRoutes {
  private static final Set<String> FILTERS =
      Set.of("before", "dangling", "label", "label!", "reference", "since", "until");
  private static final Set<String> PRUNE_FILTERS = Set.of("dangling", "label", "label!", "until");

  private final Engine engine;

  ImageRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/images/json", this::list);
    routes.post("/images/prune", this::prune);
    routes.get("/images/{name...}/json", this::inspect);
    routes.get("/images/{name...}/history", this::history);
    routes.post("/images/{name...}/tag", this::tag);
    routes.delete("/images/{name...}", this::remove);
    routes.post("/commit", this::commit);
  }

  private void list(Request request) throws IOException {
    Filters filters = new Filters(request.query(), FILTERS);
    List<ImageSummary> images = engine.images().list();
    Map<String, Long> containers =
        engine.containers().list(true).stream()
            .collect(Collectors.groupingBy(Container::imageDigest, Collectors.counting()));
    Optional<Instant> before = created(filters, "before");
    Optional<Instant> since = created(filters, "since");
    Optional<Instant> until = Prune.until(filters);
    ArrayNode json = Json.array();
    for (ImageSummary image : images) {
      Instant created = image.created().orElse(Instant.EPOCH);
      boolean wanted =
          (!filters.has("dangling")
                  || filters.flag("dangling", false) == image.references().isEmpty())
              && before.map(created::isBefore).orElse(true)
              && since.map(created::isAfter).orElse(true)
              && until.map(created::isBefore).orElse(true)
              && (!filters.has("reference")
                  || filters.all("reference").stream().anyMatch(p -> matches(image, p)))
              && (!filters.has("label") && !filters.has("label!")
                  || filters.allowsLabels(labels(image)));
      if (wanted) {
        json.add(ImageJson.summary(engine, image, containers.getOrDefault(image.digest(), 0L)));
      }
    }
    request.answer(json);
  }

  private Optional<Instant> created(Filters filters, String name) {
    return filters.has(name)
        ? Optional.of(
            Lookup.image(engine, filters.all(name).getFirst()).created().orElse(Instant.EPOCH))
        : Optional.empty();
  }

  private Map<String, String> labels(ImageSummary image) {
    return ImageJson.config(engine, image).path("config").path("Labels").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText()));
  }

  /** Whether one of an image's names fits a pattern with {@code *} and {@code ?}. */
  private static boolean matches(ImageSummary image, String pattern) {
    return ImageJson.tags(image).stream()
        .anyMatch(
            name ->
                NamePattern.matches(pattern, name)
                    || NamePattern.matches(pattern, name.replaceFirst(":[^:/]*$", "")));
  }

  private void inspect(Request request) throws IOException {
    ImageSummary image = Lookup.image(engine, request.path("name"));
    request.answer(ImageJson.inspection(image, ImageJson.documents(engine, image)));
  }

  private void history(Request request) throws IOException {
    ImageSummary image = Lookup.image(engine, request.path("name"));
    ArrayNode json = Json.array();
    for (HistoryStep step : engine.images().history(request.path("name"))) {
      ObjectNode entry = json.addObject();
      entry
          .put("Id", step.imageDigest().isEmpty() ? "<missing>" : image.id())
          .put("Created", step.created().map(Instant::getEpochSecond).orElse(0L))
          .put("CreatedBy", step.createdBy())
          .set(
              "Tags",
              step.tags().isEmpty()
                  ? null
                  : Json.strings(
                      step.tags().stream().map(t -> Reference.parse(t).familiar()).toList()));
      entry.put("Size", step.sizeBytes()).put("Comment", step.comment());
    }
    request.answer(json);
  }

  private void tag(Request request) throws IOException {
    ImageSummary image = Lookup.image(engine, request.path("name"));
    String name =
        named(request, "repo")
            .orElseThrow(() -> new Failure(400, "no name for the image is given"));
    engine.images().tag(image.references().isEmpty() ? image.id() : request.path("name"), name);
    request.exchange().answer(201, "", new byte[0]);
  }

  /** A name given as {@code repo} and {@code tag}. */
  static Optional<String> named(Request request, String parameter) {
    Optional<String> tag = request.query().text("tag");
    return request
        .query()
        .text(parameter)
        .map(name -> tag.map(t -> name + (t.contains(":") ? "@" : ":") + t).orElse(name));
  }

  private void remove(Request request) throws IOException {
    String name = request.path("name");
    Lookup.image(engine, name);
    ArrayNode json = Json.array();
    for (String line : engine.images().remove(name, request.query().flag("force"))) {
      int colon = line.indexOf(": ");
      json.addObject().put(line.substring(0, colon), line.substring(colon + 2));
    }
    request.answer(json);
  }

  private void prune(Request request) throws IOException {
    Filters filters = new Filters(request.query(), PRUNE_FILTERS);
    Optional<Instant> until = Prune.until(filters);
    Pruned pruned =
        engine
            .images()
            .prune(
                !filters.flag("dangling", true),
                image ->
                    until.map(image.created().orElse(Instant.EPOCH)::isBefore).orElse(true)
                        && (!filters.has("label") && !filters.has("label!")
                            || filters.allowsLabels(labels(image))));
    ObjectNode json = Json.object();
    ArrayNode deleted = json.putArray("ImagesDeleted");
    for (String name : pruned.names()) {
      int colon = name.indexOf(": ");
      deleted
          .addObject()
          .put(
              colon > 0 ? name.substring(0, colon) : "Deleted",
              colon > 0 ? name.substring(colon + 2) : name);
    }
    request.answer(json.put("SpaceReclaimed", pruned.reclaimedBytes()));
  }

  private void commit(Request request) throws IOException {
    Query query = request.query();
    Container container =
        Lookup.container(
            engine,
            query.text("container").orElseThrow(() -> new Failure(400, "no container is given")));
    // The client may send a whole configuration; what it says there it could say as changes.
    request.json();
    String digest =
        container.commit(
            new CommitSpec(
                named(request, "repo"),
                query.text("author"),
                query.text("comment"),
                query.all("changes").stream()
                    .flatMap(String::lines)
                    .filter(line -> !line.isBlank())
                    .toList(),
                query.flag("pause", true)));
    ObjectNode json = Json.object().put("Id", Lookup.image(engine, digest).id());
    json.putObject(ContainerTui.FIELD).put("digest", digest);
    request.answer(201, json);
  }
}
