package dev.containertui.registry;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.oci.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * The file that a blob grows in, and the hash of what it holds. A disk's errors leave here as
 * {@link EngineException}, so that every {@link IOException} elsewhere in a transfer is the
 * network's.
 */
final class BlobFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path path;
  private final String what;
  private final Descriptor descriptor;
  private final MessageDigest hash;
  private final FileChannel channel;
  private long size;

  private BlobFile(Path path, Descriptor descriptor, String what, FileChannel channel) {
    this.path = path;
    this.descriptor = descriptor;
    this.what = what;
    this.channel = channel;
    hash = descriptor.digest().algorithm().newMessageDigest();
  }

  /** Opens the file and hashes what an earlier transfer left in it. */
  static BlobFile open(Path path, Descriptor descriptor, String image) {
    String what = "cannot store a layer of " + image;
    try {
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      BlobFile file = new BlobFile(path, descriptor, what, channel);
      try {
        file.hashExisting();
        return file;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw DiskErrors.of(what, path.getParent(), e);
    }
  }

  private void hashExisting() throws IOException {
    if (channel.size() > descriptor.sizeBytes()) {
      channel.truncate(0);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(buffer) >= 0) {
      buffer.flip();
      size += buffer.remaining();
      hash.update(buffer);
      buffer.clear();
    }
  }

  /** Bytes that are there. */
  long size() {
    return size;
  }

  void append(byte[] bytes, int length) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer, size + buffer.position());
      }
    } catch (IOException e) {
      EngineException error = DiskErrors.of(what, path.getParent(), e);
      if (error.kind() == EngineException.Kind.EXHAUSTED) {
        discard();
      }
      throw error;
    }
    hash.update(bytes, 0, length);
    size += length;
  }

  /** Back to an empty file. */
  void restart() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw DiskErrors.of(what, path.getParent(), e);
    }
    hash.reset();
    size = 0;
  }

  /** Whether the whole blob is there and has its digest; to be asked once. */
  boolean isSound() {
    return size == descriptor.sizeBytes()
        && descriptor.digest().equals(descriptor.digest().algorithm().finish(hash));
  }

  /** Removes the file: its content is worth nothing, or stands in the way. */
  void discard() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw DiskErrors.of(what, path.getParent(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DiskErrors.of(what, path.getParent(), e);
    }
  }
}
