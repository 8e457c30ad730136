package dev.containertui.image;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Content by digest. A file in {@code blobs/} is complete: it grew in {@code ingest/}, was
 * verified, forced to the disk and renamed.
 */
final class BlobStore {
  private static final String WRITE = "cannot write to the image store";
  private static final String READ = "cannot read the image store";

  private final Path root;

  BlobStore(Path root) {
    this.root = root;
    try {
      DurableFiles.createPrivate(ingest());
      for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
        DurableFiles.createPrivate(root.resolve("blobs").resolve(algorithm.word()));
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot make the image store", root, e);
    }
  }

  /** Where a blob is, or would be. */
  Path path(Digest digest) {
    return root.resolve("blobs").resolve(digest.algorithm().word()).resolve(digest.hex());
  }

  /** Where a blob grows; kept between attempts. */
  Path partial(Digest digest) {
    return ingest().resolve(digest.algorithm().word() + "-" + digest.hex() + ".partial");
  }

  /** A file of one's own in the same place. */
  Path temporary() {
    return ingest().resolve(UUID.randomUUID() + ".tmp");
  }

  private Path ingest() {
    return root.resolve("ingest");
  }

  boolean has(Descriptor descriptor) {
    try {
      return Files.size(path(descriptor.digest())) == descriptor.sizeBytes();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw DiskErrors.of(READ, root, e);
    }
  }

  /**
   * Reads a small blob and verifies it.
   *
   * @throws EngineException NOT_FOUND; CORRUPT if the disk does not hold what it was given
   */
  byte[] read(Digest digest) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path(digest));
    } catch (NoSuchFileException e) {
      throw new EngineException(
          Kind.NOT_FOUND, "the image store lacks " + digest, "pull the image again");
    } catch (IOException e) {
      throw DiskErrors.of(READ, root, e);
    }
    if (!digest.matches(bytes)) {
      throw new EngineException(
          Kind.CORRUPT, "the image store holds a damaged " + digest, "pull the image again");
    }
    return bytes;
  }

  /** Whether a blob of any size still has its digest. */
  boolean isSound(Descriptor descriptor) {
    MessageDigest hash = descriptor.digest().algorithm().newMessageDigest();
    try (InputStream in = Files.newInputStream(path(descriptor.digest()))) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), hash));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw DiskErrors.of(READ, root, e);
    }
    return descriptor.digest().equals(descriptor.digest().algorithm().finish(hash));
  }

  /** Stores a small blob whose digest has been verified. */
  void put(Digest digest, byte[] bytes) {
    replace(path(digest), bytes);
  }

  /** Makes {@code bytes} the content of a file, all or nothing. */
  void replace(Path target, byte[] bytes) {
    Path temporary = temporary();
    try {
      try (FileChannel out =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        out.force(true);
      }
      rename(temporary, target);
    } catch (IOException e) {
      deleteQuietly(temporary);
      throw DiskErrors.of(WRITE, root, e);
    }
  }

  /** Takes over a file that holds the whole, verified blob. */
  void adopt(Path complete, Digest digest) {
    try {
      try (FileChannel file = FileChannel.open(complete, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      rename(complete, path(digest));
    } catch (IOException e) {
      throw DiskErrors.of(WRITE, root, e);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** Space for unprivileged users on the store's disk, bytes. */
  long freeBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw DiskErrors.of(READ, root, e);
    }
  }

  /** The digests of all blobs that have not been touched since {@code before}. */
  List<Digest> olderThan(Instant before) {
    List<Digest> digests = new ArrayList<>();
    for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
      for (Path file : files(root.resolve("blobs").resolve(algorithm.word()), before)) {
        try {
          digests.add(Digest.parse(algorithm.word() + ":" + file.getFileName()));
        } catch (EngineException notOurs) {
          continue;
        }
      }
    }
    return digests;
  }

  /** Removes what unfinished transfers left behind and nobody has touched since {@code before}. */
  long deleteUnfinished(Instant before) {
    return files(ingest(), before).stream().mapToLong(this::deleteFile).sum();
  }

  /** Removes a blob; returns the bytes that it had. */
  long delete(Digest digest) {
    return deleteFile(path(digest));
  }

  private long deleteFile(Path file) {
    try {
      long size = Files.size(file);
      Files.deleteIfExists(file);
      return size;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw DiskErrors.of(WRITE, root, e);
    }
  }

  private List<Path> files(Path directory, Instant before) {
    List<Path> old = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)
            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          old.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      return old; // Somebody else was faster.
    } catch (IOException e) {
      throw DiskErrors.of(READ, root, e);
    }
    return old;
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What was wrong with the disk is being reported already; a later sweep takes the file.
    }
  }
}
