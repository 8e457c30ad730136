package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.containertui.container.FileTree;
import dev.containertui.container.Unsupported;
import dev.containertui.engine.Images;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.LayerJson;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.engine.api.own.TransferJson;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.image.PushEvent;
import dev.containertui.oci.Platform;
import dev.containertui.rootfs.LayerFiles;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/** The images of a remote engine. */
final class RemoteImages implements Images {
  private final ApiClient api;

  RemoteImages(ApiClient api) {
    this.api = api;
  }

  @Override
  public List<ImageSummary> list() {
    List<ImageSummary> images = new ArrayList<>();
    for (JsonNode image : api.get(ApiClient.url("images", "json"))) {
      images.add(DockerImage.listed(image));
    }
    return images;
  }

  @Override
  public Optional<ImageSummary> find(String reference) {
    try {
      return Optional.of(DockerImage.inspected(api.get(ApiClient.imageUrl(reference, "json"))));
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ImageSummary pull(
      String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
    if (api.isOurs()) {
      HttpUrl.Builder url =
          ApiClient.url(OwnFields.PATH, "images", "pull").addQueryParameter("reference", reference);
      platform.ifPresent(p -> url.addQueryParameter("platform", p.toString()));
      Messages.read(api, url, line -> TransferJson.pull(line).ifPresent(progress));
    } else {
      HttpUrl.Builder url = ApiClient.url("images", "create");
      NamedTag.of(reference).addTo(url, "fromImage");
      platform.ifPresent(p -> url.addQueryParameter("platform", p.toString()));
      Messages.read(api, url, line -> DockerImage.progress(line).ifPresent(progress));
    }
    return find(reference)
        .orElseThrow(
            () -> new EngineException(Kind.NOT_FOUND, reference + " was pulled and is gone again"));
  }

  @Override
  public FileTree files(String reference) {
    if (!api.isOurs()) {
      throw Unsupported.of("reading an image's files");
    }
    return new RemoteImageFiles(api, reference);
  }

  @Override
  public String inspectJson(String reference) {
    return Json.pretty(
        api.isOurs()
            ? api.get(
                ApiClient.url(OwnFields.PATH, "images", "inspect")
                    .addQueryParameter("reference", reference))
            : api.get(ApiClient.imageUrl(reference, "json")));
  }

  @Override
  public List<String> remove(String reference, boolean force) {
    List<String> lines = new ArrayList<>();
    HttpUrl.Builder url = ApiClient.imageUrl(reference);
    url.addQueryParameter("force", force ? "1" : "0");
    for (JsonNode done : api.delete(url)) {
      done.properties().forEach(e -> lines.add(e.getKey() + ": " + e.getValue().asText()));
    }
    return lines;
  }

  @Override
  public void tag(String reference, String newReference) {
    HttpUrl.Builder url = ApiClient.imageUrl(reference, "tag");
    NamedTag.of(newReference).addTo(url, "repo");
    api.post(url);
  }

  @Override
  public String push(String reference, Consumer<PushEvent> progress) {
    if (!api.isOurs()) {
      throw Unsupported.of("sending an image to a registry");
    }
    JsonNode last =
        Messages.read(
            api,
            ApiClient.url(OwnFields.PATH, "images", "push")
                .addQueryParameter("reference", reference),
            line -> TransferJson.push(line).ifPresent(progress));
    return Json.text(last, "digest");
  }

  @Override
  public void save(List<String> references, OutputStream target) {
    HttpUrl.Builder url = ApiClient.url("images", "get");
    references.forEach(reference -> url.addQueryParameter("names", reference));
    api.copy(url, target);
  }

  @Override
  public List<String> load(InputStream archive) {
    List<String> loaded = new ArrayList<>();
    Messages.send(
        api,
        ApiClient.url("images", "load"),
        archive,
        line -> {
          String told = Json.text(line, "stream").strip();
          for (String before : List.of("Loaded image ID: ", "Loaded image: ")) {
            if (told.startsWith(before)) {
              loaded.add(told.substring(before.length()));
            }
          }
        });
    return loaded;
  }

  @Override
  public String importRoot(
      InputStream archive, Optional<String> reference, String comment, List<String> changes) {
    HttpUrl.Builder url = ApiClient.url("images", "create").addQueryParameter("fromSrc", "-");
    reference.ifPresent(name -> NamedTag.of(name).addTo(url, "repo"));
    url.addQueryParameter("message", comment);
    changes.forEach(line -> url.addQueryParameter("changes", line));
    JsonNode last = Messages.send(api, url, archive, line -> {});
    return Json.optional(last.path(ContainerTui.FIELD), "digest")
        .orElseGet(() -> Json.text(last, "status"));
  }

  @Override
  public List<HistoryStep> history(String reference) {
    List<HistoryStep> steps = new ArrayList<>();
    for (JsonNode step : api.get(ApiClient.imageUrl(reference, "history"))) {
      String id = Json.text(step, "Id");
      long created = step.path("Created").asLong();
      steps.add(
          new HistoryStep(
              id.equals("<missing>") ? "" : id,
              created > 0 ? Optional.of(Instant.ofEpochSecond(created)) : Optional.empty(),
              Json.text(step, "CreatedBy"),
              step.path("Size").asLong(),
              Json.text(step, "Comment"),
              Json.strings(step.path("Tags"))));
    }
    return steps;
  }

  @Override
  public LayerFiles layerFiles(String reference, int layer, int max) {
    if (!api.isOurs()) {
      throw Unsupported.of("reading an image's layers");
    }
    return LayerJson.read(
        api.get(
            ApiClient.url(OwnFields.PATH, "images", "layer")
                .addQueryParameter("reference", reference)
                .addQueryParameter("layer", Integer.toString(layer))
                .addQueryParameter("max", Integer.toString(max))));
  }

  @Override
  public Pruned prune(boolean all, Predicate<ImageSummary> filter) {
    if (!api.isOurs()) {
      throw Unsupported.of("removing images");
    }
    var body = Json.object();
    ArrayNode digests = body.put("all", all).putArray("digests");
    list().stream().filter(filter).map(ImageSummary::digest).forEach(digests::add);
    return Messages.pruned(api.post(ApiClient.url(OwnFields.PATH, "images", "prune"), body));
  }
}
