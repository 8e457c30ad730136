package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.LinuxSignal;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.LayerJson;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.engine.api.own.TransferJson;
import dev.containertui.oci.Platform;
import dev.containertui.rootfs.LayerFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What our own client asks for and Docker's API has no way to answer, below a path of its own. */
final class OwnRoutes {
  private static final String BELOW = "/" + OwnFields.PATH;

  private final Engine engine;
  private final ExecTable execs;

  OwnRoutes(Engine engine, ExecTable execs) {
    this.engine = engine;
    this.execs = execs;
  }

  void addTo(Routes routes) {
    routes.get(BELOW + "/containers/{id}/inspect", this::inspectContainer);
    routes.post(BELOW + "/containers/prune", this::pruneContainers);
    routes.get(BELOW + "/images/inspect", this::inspectImage);
    routes.get(BELOW + "/images/layer", this::layerFiles);
    routes.post(BELOW + "/images/prune", this::pruneImages);
    routes.post(BELOW + "/images/pull", this::pull);
    routes.post(BELOW + "/images/push", this::push);
    routes.post(BELOW + "/exec/{id}/kill", this::signal);
  }

  private void inspectContainer(Request request) throws IOException {
    answerText(request, engine.containers().inspectJson(request.path("id")));
  }

  private void inspectImage(Request request) throws IOException {
    answerText(request, engine.images().inspectJson(reference(request)));
  }

  private void layerFiles(Request request) throws IOException {
    request.exchange().endWithClient(); // it may take long
    int layer = number(request, "layer");
    LayerFiles files =
        engine.images().layerFiles(reference(request), layer, number(request, "max"));
    request.answer(LayerJson.write(files));
  }

  private static int number(Request request, String name) {
    return request
        .query()
        .text(name)
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::valueOf)
        .orElseThrow(() -> new Failure(400, name + " is no number of up to six digits"));
  }

  private static void answerText(Request request, String json) throws IOException {
    request.exchange().answer(200, Request.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String reference(Request request) {
    return request
        .query()
        .text("reference")
        .orElseThrow(() -> new Failure(400, "reference is not given"));
  }

  /** The client has chosen which; whether each of them may go is decided here. */
  private void pruneContainers(Request request) throws IOException {
    Set<String> ids = strings(request.json(), "ids");
    answer(request, engine.containers().prune(container -> ids.contains(container.id())));
  }

  private void pruneImages(Request request) throws IOException {
    ObjectNode body = request.json();
    Set<String> digests = strings(body, "digests");
    answer(
        request,
        engine
            .images()
            .prune(body.path("all").asBoolean(), image -> digests.contains(image.digest())));
  }

  private static Set<String> strings(JsonNode body, String field) {
    if (!body.path(field).isArray()) {
      throw new Failure(400, field + " is no array");
    }
    Set<String> strings = new HashSet<>();
    body.path(field).forEach(element -> strings.add(element.asText()));
    return strings;
  }

  private static void answer(Request request, Pruned pruned) throws IOException {
    ObjectNode json = Json.object().put("reclaimedBytes", pruned.reclaimedBytes());
    json.set("names", Json.strings(List.copyOf(pruned.names())));
    request.answer(json);
  }

  private void pull(Request request) throws IOException {
    String reference = reference(request);
    Optional<Platform> platform = request.query().text("platform").map(Platform::parse);
    JsonLines.answer(
        request,
        lines ->
            engine
                .images()
                .pull(reference, platform, event -> lines.write(TransferJson.write(event))));
  }

  private void push(Request request) throws IOException {
    String reference = reference(request);
    JsonLines.answer(
        request,
        lines -> {
          String digest =
              engine.images().push(reference, event -> lines.write(TransferJson.write(event)));
          lines.write(Json.object().put("digest", digest));
        });
  }

  private void signal(Request request) throws IOException {
    ContainerProcess process = execs.get(request.path("id")).process();
    if (process == null) {
      throw new Failure(409, "exec process is not started: " + request.path("id"));
    }
    process.signal(
        LinuxSignal.number(
            request
                .query()
                .text("signal")
                .orElseThrow(() -> new Failure(400, "signal is not given"))));
    request.noContent();
  }
}
