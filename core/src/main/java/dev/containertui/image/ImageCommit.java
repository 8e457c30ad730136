package dev.containertui.image;

import dev.containertui.oci.ImageConfig.Execution;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * An image that is to be made of another one by a layer on top.
 *
 * @param execution how containers of it run, before {@code changes}; empty: as those of the image
 *     below. Fields of the configuration that it does not know stay as they are there
 * @param author of the new step in the image's history
 * @param createdBy command that made the layer; empty if it is not known
 * @param comment on the new step
 * @param changes lines of a Dockerfile, see {@link ConfigChanges}
 * @param name that the new image gets, and another one loses; empty: none
 */
public record ImageCommit(
    Optional<Execution> execution,
    Optional<String> author,
    Optional<String> createdBy,
    Optional<String> comment,
    List<String> changes,
    Optional<Reference> name) {
  public ImageCommit {
    changes = List.copyOf(changes);
  }

  /** Writes the new layer's tar archive. */
  @FunctionalInterface
  public interface LayerWriter {
    /**
     * @param tar not to be closed
     * @throws IOException if what goes into the layer cannot be read
     */
    void write(OutputStream tar) throws IOException;
  }
}
