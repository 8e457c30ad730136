package dev.containertui.engine;

import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.oci.Platform;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The images of an engine. Where a reference is asked for, an image id or a prefix of one (4 digits
 * or more) does too.
 */
public interface Images {
  /** All images, newest first. */
  List<ImageSummary> list();

  Optional<ImageSummary> find(String reference);

  /**
   * Fetches an image and makes its root file system. Only what is missing is transferred.
   *
   * @param platform empty: the host's
   * @param progress called from other threads, one call at a time
   */
  ImageSummary pull(String reference, Optional<Platform> platform, Consumer<PullEvent> progress);

  /**
   * Everything known about an image, as OCI image-spec JSON: summary, manifest and configuration.
   */
  String inspectJson(String reference);

  /**
   * Takes a name away, and the image with its last name.
   *
   * @return one line for each thing done, as docker prints them: {@code Untagged: …}, {@code
   *     Deleted: …}
   */
  List<String> remove(String reference, boolean force);
}
