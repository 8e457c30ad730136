package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Login;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images on their way: pulled, pushed, saved, loaded, imported. */
final class TransferRoutes {
  private static final String TAR = "application/x-tar";

  private final Engine engine;

  TransferRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.post("/images/create", this::create);
    routes.post("/images/load", this::load);
    routes.get("/images/get", this::saveSeveral);
    routes.get("/images/{name...}/get", this::saveOne);
    routes.post("/images/{name...}/push", this::push);
    routes.get("/distribution/{name...}/json", this::distribution);
  }

  private void create(Request request) throws IOException {
    if (request.query().text("fromSrc").isPresent()) {
      importArchive(request);
      return;
    }
    String name =
        ImageRoutes.named(request, "fromImage")
            .orElseThrow(() -> new Failure(400, "neither fromImage nor fromSrc is given"));
    Optional<Platform> platform = request.query().text("platform").map(Platform::parse);
    Optional<Login> login = RegistryAuth.of(request);
    Reference reference = Reference.parse(name);
    Optional<String> before = engine.images().find(reference.toString()).map(ImageSummary::digest);
    JsonLines.answer(
        request,
        lines -> {
          PullLines progress = new PullLines(reference, lines);
          ImageSummary image =
              engine.images().pull(reference.toString(), platform, login, progress::accept);
          progress.end(image, before.filter(image.digest()::equals).isPresent());
        });
  }

  private void importArchive(Request request) throws IOException {
    String source = request.query().text("fromSrc").orElse("");
    if (!source.equals("-")) {
      throw new Failure(501, "this engine imports what the client sends, not " + source);
    }
    List<String> changes =
        request.query().all("changes").stream()
            .flatMap(String::lines)
            .filter(line -> !line.isBlank())
            .toList();
    JsonLines.answer(
        request,
        lines -> {
          String digest =
              engine
                  .images()
                  .importRoot(
                      request.body(),
                      ImageRoutes.named(request, "repo"),
                      request.query().text("message").orElse(""),
                      changes);
          ObjectNode last = Json.object().put("status", Lookup.image(engine, digest).id());
          last.putObject(ContainerTui.FIELD).put("digest", digest);
          lines.write(last);
        });
  }

  private void load(Request request) throws IOException {
    JsonLines.answer(
        request,
        lines -> {
          for (String loaded : engine.images().load(request.body())) {
            String text =
                loaded.startsWith("sha256:")
                    ? "Loaded image ID: " + loaded
                    : "Loaded image: " + Reference.parse(loaded).familiar();
            lines.write(Json.object().put("stream", text + "\n"));
          }
        });
  }

  private void saveSeveral(Request request) throws IOException {
    List<String> names = new ArrayList<>();
    for (String value : request.query().all("names")) {
      names.addAll(List.of(value.split(",")));
    }
    save(request, names);
  }

  private void saveOne(Request request) throws IOException {
    save(request, List.of(request.path("name")));
  }

  private void save(Request request, List<String> names) throws IOException {
    if (names.isEmpty()) {
      throw new Failure(400, "no image is named");
    }
    names.forEach(name -> Lookup.image(engine, name));
    request.exchange().endWithClient();
    OutputStream body = request.exchange().stream(200, TAR);
    engine.images().save(names, body);
    body.close();
  }

  /** Without a tag all names that an image has in the repository are sent. */
  private void push(Request request) throws IOException {
    Optional<String> tag = request.query().text("tag");
    Reference named = Reference.parse(request.path("name") + tag.map(t -> ":" + t).orElse(""));
    List<Reference> references =
        tag.isPresent()
            ? List.of(named)
            : engine.images().list().stream()
                .flatMap(image -> image.references().stream())
                .map(Reference::parse)
                .filter(r -> r.name().equals(named.name()) && r.digest().isEmpty())
                .toList();
    if (references.isEmpty()) {
      throw new Failure(
          404, "An image does not exist locally with the tag: " + request.path("name"));
    }
    Optional<Login> login = RegistryAuth.of(request);
    references.forEach(reference -> Lookup.image(engine, reference.toString()));
    JsonLines.answer(
        request,
        lines -> {
          for (Reference reference : references) {
            PushLines progress = new PushLines(reference, lines);
            progress.end(engine.images().push(reference.toString(), login, progress::accept));
          }
        });
  }

  /** What an image is in its registry, as far as it is here already. */
  private void distribution(Request request) throws IOException {
    ImageSummary image = Lookup.image(engine, request.path("name"));
    ObjectNode json = Json.object();
    json.putObject("Descriptor")
        .put(
            "mediaType",
            ImageJson.documents(engine, image)
                .path("manifest")
                .path("mediaType")
                .asText("application/vnd.oci.image.manifest.v1+json"))
        .put("digest", image.digest())
        .put("size", image.sizeBytes());
    ObjectNode platform = json.putArray("Platforms").addObject();
    platform.put("architecture", image.platform().architecture()).put("os", image.platform().os());
    image.platform().variant().ifPresent(variant -> platform.put("variant", variant));
    request.answer(json);
  }
}
