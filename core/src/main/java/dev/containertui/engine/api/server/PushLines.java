package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.image.PushEvent;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Reference;

/** A push as {@code docker push} tells it. */
final class PushLines {
  private final Reference reference;
  private final JsonLines lines;
  private boolean begun;
  private long bytes;

  PushLines(Reference reference, JsonLines lines) {
    this.reference = reference;
    this.lines = lines;
  }

  void accept(PushEvent event) {
    begin();
    switch (event) {
      case PushEvent.Present(Digest digest, long size) -> {
        bytes += size;
        lines.write(PullLines.line("Layer already exists", digest.toString()));
      }
      case PushEvent.Progress(Digest digest, long sent, long size) ->
          lines.write(PullLines.progress("Pushing", digest.toString(), sent, size));
      case PushEvent.Sent(Digest digest, long size) -> {
        bytes += size;
        lines.write(PullLines.line("Pushed", digest.toString()));
      }
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      String name = reference.familiar().replaceFirst("[:@][^/]*$", "");
      lines.write(Json.object().put("status", "The push refers to repository [" + name + "]"));
    }
  }

  /**
   * @param digest of the manifest that the registry has now
   */
  void end(String digest) {
    begin();
    String tag = reference.tag().orElse("");
    lines.write(
        Json.object().put("status", "%s: digest: %s size: %d".formatted(tag, digest, bytes)));
    ObjectNode last = Json.object();
    last.putObject("progressDetail");
    last.putObject("aux").put("Tag", tag).put("Digest", digest).put("Size", bytes);
    lines.write(last);
  }
}
