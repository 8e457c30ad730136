package dev.containertui;

import dev.containertui.view.Humanize;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a clean-up has removed.
 *
 * @param containers their ids
 * @param images lines as docker prints them: {@code Untagged: …}, {@code Deleted: …}
 * @param reclaimedBytes of the disk that are free now
 */
public record Reclaimed(List<String> containers, List<String> images, long reclaimedBytes)
    implements Value, Viewable {
  public Reclaimed {
    containers = List.copyOf(containers);
    images = List.copyOf(images);
  }

  @Override
  public View view() {
    List<String> lines = new ArrayList<>();
    containers.forEach(id -> lines.add("removed container " + Humanize.shortDigest(id)));
    lines.addAll(images);
    lines.add(Humanize.bytes(reclaimedBytes) + " reclaimed");
    return View.text(String.join("\n", lines));
  }
}
