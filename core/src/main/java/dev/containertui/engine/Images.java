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
   * Everything known about an image: a JSON object with its summary, and manifest and configuration
   * as the registry has them.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND
   */
  String inspectJson(String reference);

  /**
   * Takes a name away, and the image with its last name; or, given an id, the image with all its
   * names. The rules are Docker's.
   *
   * @param force also if an id has several names, or if a container was made of the image: then
   *     only names go
   * @return one line for each thing done, as docker prints them: {@code Untagged: …}, {@code
   *     Deleted: …}
   * @throws dev.containertui.error.EngineException NOT_FOUND; CONFLICT if only {@code force} would
   *     do it
   */
  List<String> remove(String reference, boolean force);
}
