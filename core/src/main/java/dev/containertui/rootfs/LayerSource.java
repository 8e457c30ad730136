package dev.containertui.rootfs;

import java.io.IOException;
import java.io.InputStream;

/**
 * One layer of an image, to be read once.
 *
 * @param digest of the blob as stored, {@code sha256:…}; names the layer in messages
 * @param mediaType of the blob, OCI or Docker
 * @param diffId digest of the uncompressed tar, {@code sha256:…}, from the image's configuration
 * @param sizeBytes of the blob as stored; for progress
 * @param opener gives the blob's bytes
 */
public record LayerSource(
    String digest, String mediaType, String diffId, long sizeBytes, Opener opener) {

  /** Opens the blob; the caller closes it. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }
}
