package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.image.PullEvent;
import dev.containertui.image.PushEvent;
import dev.containertui.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Progress of images between here and a registry, one JSON object an event; its field {@code
 * "event"} says which.
 */
public final class TransferJson {
  private static final String EVENT = "event";

  private TransferJson() {}

  public static ObjectNode write(PullEvent event) {
    ObjectNode json = OwnFields.object();
    switch (event) {
      case PullEvent.Resolving(String reference) ->
          json.put(EVENT, "resolving").put("reference", reference);
      case PullEvent.Resolved resolved -> {
        json.put(EVENT, "resolved")
            .put("reference", resolved.reference())
            .put("digest", resolved.digest());
        ArrayNode layers = json.putArray("layers");
        for (PullEvent.Layer layer : resolved.layers()) {
          layers.addObject().put("digest", layer.digest()).put("sizeBytes", layer.sizeBytes());
        }
      }
      case PullEvent.Downloading(String digest, long done, long total) ->
          json.put(EVENT, "downloading")
              .put("digest", digest)
              .put("done", done)
              .put("total", total);
      case PullEvent.Downloaded(String digest, boolean cached) ->
          json.put(EVENT, "downloaded").put("digest", digest).put("cached", cached);
      case PullEvent.Unpacking(long done, long total) ->
          json.put(EVENT, "unpacking").put("done", done).put("total", total);
      case PullEvent.Done(String reference, String digest) ->
          json.put(EVENT, "done").put("reference", reference).put("digest", digest);
    }
    return json;
  }

  /** Empty if it is no event that is known here. */
  public static Optional<PullEvent> pull(JsonNode json) {
    String reference = json.path("reference").asText();
    String digest = json.path("digest").asText();
    long done = json.path("done").asLong();
    long total = json.path("total").asLong();
    return Optional.ofNullable(
        switch (json.path(EVENT).asText()) {
          case "resolving" -> new PullEvent.Resolving(reference);
          case "resolved" -> new PullEvent.Resolved(reference, digest, layers(json));
          case "downloading" -> new PullEvent.Downloading(digest, done, total);
          case "downloaded" -> new PullEvent.Downloaded(digest, json.path("cached").asBoolean());
          case "unpacking" -> new PullEvent.Unpacking(done, total);
          case "done" -> new PullEvent.Done(reference, digest);
          default -> null;
        });
  }

  private static List<PullEvent.Layer> layers(JsonNode json) {
    List<PullEvent.Layer> layers = new ArrayList<>();
    for (JsonNode layer : json.path("layers")) {
      layers.add(
          new PullEvent.Layer(layer.path("digest").asText(), layer.path("sizeBytes").asLong()));
    }
    return layers;
  }

  public static ObjectNode write(PushEvent event) {
    ObjectNode json = OwnFields.object();
    switch (event) {
      case PushEvent.Present(Digest digest, long size) ->
          json.put(EVENT, "present").put("digest", digest.toString()).put("total", size);
      case PushEvent.Progress(Digest digest, long sent, long size) ->
          json.put(EVENT, "progress")
              .put("digest", digest.toString())
              .put("done", sent)
              .put("total", size);
      case PushEvent.Sent(Digest digest, long size) ->
          json.put(EVENT, "sent").put("digest", digest.toString()).put("total", size);
    }
    return json;
  }

  /** Empty if it is no event that is known here. */
  public static Optional<PushEvent> push(JsonNode json) {
    String event = json.path(EVENT).asText();
    if (!List.of("present", "progress", "sent").contains(event)) {
      return Optional.empty();
    }
    Digest digest = Digest.parse(json.path("digest").asText());
    long total = json.path("total").asLong();
    return Optional.of(
        switch (event) {
          case "present" -> new PushEvent.Present(digest, total);
          case "progress" -> new PushEvent.Progress(digest, json.path("done").asLong(), total);
          default -> new PushEvent.Sent(digest, total);
        });
  }
}
