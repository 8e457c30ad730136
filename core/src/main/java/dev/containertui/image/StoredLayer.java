package dev.containertui.image;

import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import java.nio.file.Path;

/**
 * A layer in the store.
 *
 * @param descriptor media type, digest and size of the compressed blob
 * @param diffId digest of the uncompressed archive, as the configuration promises it; not verified
 *     before it is unpacked
 * @param blob file that holds the compressed blob, verified when it was stored; not to be written
 *     to
 */
public record StoredLayer(Descriptor descriptor, Digest diffId, Path blob) {}
