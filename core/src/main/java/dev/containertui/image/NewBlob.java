package dev.containertui.image;

import dev.containertui.error.DiskErrors;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A blob that is being written, and whose digest shows at the end. The disk's errors leave here as
 * {@link dev.containertui.error.EngineException}, so that every {@link IOException} elsewhere is
 * that of whoever delivers the bytes. If it is not kept, nothing is left of it.
 */
final class NewBlob extends OutputStream {
  private static final String WRITE = "cannot write to the image store";

  private final BlobStore blobs;
  private final Path file;
  private final OutputStream out;
  private final Digest.Algorithm algorithm;
  private final MessageDigest hash;
  private final byte[] oneByte = new byte[1];
  private long size;
  private Digest digest;
  private boolean kept;

  NewBlob(BlobStore blobs) {
    this(blobs, Digest.Algorithm.SHA256);
  }

  NewBlob(BlobStore blobs, Digest.Algorithm algorithm) {
    this.blobs = blobs;
    this.algorithm = algorithm;
    hash = algorithm.newMessageDigest();
    file = blobs.temporary();
    try {
      out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw DiskErrors.of(WRITE, file.getParent(), e);
    }
  }

  @Override
  public void write(int b) {
    oneByte[0] = (byte) b;
    write(oneByte, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw DiskErrors.of(WRITE, file.getParent(), e);
    }
    hash.update(bytes, offset, length);
    size += length;
  }

  /** Ends the writing; what was written stays readable. */
  Digest finish() {
    if (digest == null) {
      try {
        out.close();
      } catch (IOException e) {
        throw DiskErrors.of(WRITE, file.getParent(), e);
      }
      digest = algorithm.finish(hash);
    }
    return digest;
  }

  long size() {
    return size;
  }

  Descriptor descriptor(String mediaType) {
    return Descriptor.of(mediaType, finish(), size);
  }

  /** Where its bytes are. */
  Path file() {
    return kept ? blobs.path(digest) : file;
  }

  /** Makes it one of the store's blobs; the caller holds a lock for their use. */
  void keep() {
    finish();
    if (!kept) {
      blobs.adopt(file, digest);
      kept = true;
    }
  }

  @Override
  public void close() {
    if (digest == null) {
      try {
        out.close();
      } catch (IOException e) {
        // The file goes anyway.
      }
    }
    if (!kept) {
      BlobStore.deleteQuietly(file);
    }
  }
}
