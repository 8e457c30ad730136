package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.oci.Reference;
import java.util.List;

/** A pull as {@code docker pull} tells it: a line for each thing that happens to a layer. */
final class PullLines {
  private final Reference reference;
  private final JsonLines lines;
  private List<PullEvent.Layer> layers = List.of();

  PullLines(Reference reference, JsonLines lines) {
    this.reference = reference;
    this.lines = lines;
  }

  void accept(PullEvent event) {
    switch (event) {
      case PullEvent.Resolving _ -> {} // The first line says that it is there.
      case PullEvent.Resolved resolved -> {
        layers = resolved.layers();
        String repository = reference.repository();
        lines.write(
            Json.object()
                .put("status", "Pulling from " + repository)
                .put("id", reference.tagOrDigest()));
        layers.forEach(layer -> lines.write(line("Pulling fs layer", layer.digest())));
      }
      case PullEvent.Downloading(String digest, long done, long total) ->
          lines.write(progress("Downloading", digest, done, total));
      case PullEvent.Downloaded(String digest, boolean cached) ->
          lines.write(line(cached ? "Already exists" : "Download complete", digest));
      case PullEvent.Unpacking(long done, long total) -> {
        if (!layers.isEmpty()) { // All layers become one file system; the last stands for them.
          lines.write(progress("Extracting", layers.getLast().digest(), done, total));
        }
      }
      case PullEvent.Done _ ->
          layers.forEach(layer -> lines.write(line("Pull complete", layer.digest())));
    }
  }

  /**
   * @param known whether the very same image was here before
   */
  void end(ImageSummary image, boolean known) {
    lines.write(Json.object().put("status", "Digest: " + image.digest()));
    lines.write(
        Json.object()
            .put(
                "status",
                (known ? "Status: Image is up to date for " : "Status: Downloaded newer image for ")
                    + reference.familiar()));
  }

  static ObjectNode line(String status, String digest) {
    ObjectNode json = Json.object().put("status", status);
    json.putObject("progressDetail");
    return json.put("id", id(digest));
  }

  static ObjectNode progress(String status, String digest, long done, long total) {
    ObjectNode json = Json.object().put("status", status);
    json.putObject("progressDetail").put("current", done).put("total", total);
    return json.put("id", id(digest));
  }

  /** Twelve digits of a digest. */
  private static String id(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.substring(0, Math.min(12, hex.length()));
  }
}
