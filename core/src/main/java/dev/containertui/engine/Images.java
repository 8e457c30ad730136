package dev.containertui.engine;

import dev.containertui.container.FileTree;
import dev.containertui.container.Unsupported;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.image.PushEvent;
import dev.containertui.image.RemoteImage;
import dev.containertui.oci.Platform;
import dev.containertui.registry.Login;
import dev.containertui.rootfs.LayerFiles;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The images of an engine. Where a reference is asked for, an image id or a prefix of one (4 digits
 * or more) does too.
 */
public interface Images {
  /** More are not told of a layer: each costs a few hundred bytes. */
  int MAX_LAYER_FILES = 100_000;

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
   * The same with a login for this one time, which is not kept.
   *
   * @param login empty: the user's, as in {@link #pull(String, Optional, Consumer)}
   */
  default ImageSummary pull(
      String reference,
      Optional<Platform> platform,
      Optional<Login> login,
      Consumer<PullEvent> progress) {
    if (login.isPresent()) {
      throw Unsupported.of("pulling with another login than the user's");
    }
    return pull(reference, platform, progress);
  }

  /**
   * What a registry has under a name, without fetching the image.
   *
   * @param login for this one time; empty: the user's
   * @throws dev.containertui.error.EngineException NOT_FOUND, UNAUTHORIZED, UNAVAILABLE
   */
  default RemoteImage remote(String reference, Optional<Login> login) {
    throw Unsupported.of("asking a registry about an image");
  }

  /**
   * Asks a registry whether a login is good; keeps nothing.
   *
   * @param registry as references name it: {@code docker.io}, {@code localhost:5000}
   * @throws dev.containertui.error.EngineException UNAUTHORIZED if not; UNAVAILABLE
   */
  default void authenticate(String registry, Login login) {
    throw Unsupported.of("logging in to a registry");
  }

  /**
   * Everything known about an image: a JSON object with its summary, and manifest and configuration
   * as the registry has them.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND
   */
  String inspectJson(String reference);

  /**
   * The files that one of an image's layers adds, changes and hides.
   *
   * @param layer from 0, the base
   * @param max how many are told, at most {@link #MAX_LAYER_FILES}
   * @throws dev.containertui.error.EngineException NOT_FOUND if there is no such image; INVALID if
   *     it has no such layer; CORRUPT
   */
  default LayerFiles layerFiles(String reference, int layer, int max) {
    throw Unsupported.of("reading an image's layers");
  }

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

  /**
   * Gives an image a further name, which another image loses if it had it.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND; INVALID
   */
  default void tag(String reference, String newReference) {
    throw Unsupported.of("naming an image");
  }

  /**
   * Sends an image to the registry of its name. Only what is missing there is transferred.
   *
   * @param progress called from other threads, one call at a time
   * @return digest of the manifest that the registry has now
   * @throws dev.containertui.error.EngineException NOT_FOUND, UNAUTHORIZED, UNAVAILABLE
   */
  default String push(String reference, Consumer<PushEvent> progress) {
    return push(reference, Optional.empty(), progress);
  }

  /**
   * The same with a login for this one time, which is not kept.
   *
   * @param login empty: the user's
   */
  default String push(String reference, Optional<Login> login, Consumer<PushEvent> progress) {
    throw Unsupported.of("sending an image to a registry");
  }

  /**
   * Writes images as an archive that {@link #load}, docker and skopeo read: an OCI image layout
   * with docker's {@code manifest.json}.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND
   */
  default void save(List<String> references, OutputStream target) {
    throw Unsupported.of("saving images");
  }

  /**
   * Reads images of an archive: an OCI image layout or docker's format, plain or compressed.
   *
   * @return references of what was read, or ids of images without one
   * @throws dev.containertui.error.EngineException INVALID, CORRUPT
   */
  default List<String> load(InputStream archive) {
    throw Unsupported.of("loading images");
  }

  /**
   * Makes an image of a tar archive with a whole file system.
   *
   * @param changes lines of a Dockerfile, as in {@link
   *     dev.containertui.container.CommitSpec#changes}
   * @return digest of the new image's manifest
   */
  default String importRoot(
      InputStream archive, Optional<String> reference, String comment, List<String> changes) {
    throw Unsupported.of("importing an image");
  }

  /**
   * The files of an image, all its layers together.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND, now or when they are read
   */
  default FileTree files(String reference) {
    throw Unsupported.of("reading an image's files");
  }

  /**
   * How an image was made, newest step first.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND
   */
  default List<HistoryStep> history(String reference) {
    throw Unsupported.of("telling an image's history");
  }

  /**
   * A step of an image's history.
   *
   * @param imageDigest the image's for the newest step, else empty
   * @param sizeBytes of the layer as it is transferred; 0 if the step has none
   * @param tags of the image for the newest step
   */
  record HistoryStep(
      String imageDigest,
      Optional<Instant> created,
      String createdBy,
      long sizeBytes,
      String comment,
      List<String> tags) {}

  /**
   * Removes images that no container was made of.
   *
   * @param all also those that have a name; else only those without
   * @param filter which of them
   * @return as names, lines as those of {@link #remove}
   */
  default Pruned prune(boolean all, Predicate<ImageSummary> filter) {
    throw Unsupported.of("removing images");
  }
}
