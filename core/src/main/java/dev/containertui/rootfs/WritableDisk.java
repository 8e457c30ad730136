package dev.containertui.rootfs;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.Ext4Options;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.ImagePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The writable disk of a container: an ext4 file system, with a journal, that holds the directories
 * {@code upper} and {@code work} of an overlay and nothing else. It is sparse: whatever its size, a
 * new one takes less than a megabyte of the host's disk.
 */
public final class WritableDisk {
  private static final ImagePath UPPER = ImagePath.of("/upper");
  private static final ImagePath WORK = ImagePath.of("/work");

  private WritableDisk() {}

  /**
   * Makes a disk with a random identity.
   *
   * @param image must not exist; what has that name afterwards is whole and durable
   * @param sizeBytes a multiple of 4096, 1 MiB to 16 TiB
   * @throws EngineException CONFLICT if it exists, INVALID for a wrong size, EXHAUSTED if the disk
   *     is full, CANCELLED if the thread is interrupted
   */
  public static void create(Path image, long sizeBytes) {
    create(image, sizeBytes, UUID.randomUUID());
  }

  /** As {@link #create(Path, long)} with an identity of the caller's choice. */
  public static void create(Path image, long sizeBytes, UUID uuid) {
    if (Files.exists(image)) {
      throw new EngineException(EngineException.Kind.CONFLICT, image + " exists already");
    }
    Path building = image.resolveSibling(image.getFileName() + ".building");
    try {
      try {
        write(building, sizeBytes, uuid);
        Files.move(building, image, StandardCopyOption.ATOMIC_MOVE);
        RootFilesystems.syncDirectory(image.toAbsolutePath().getParent());
      } finally {
        Files.deleteIfExists(building);
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot make a writable disk", image, e);
    }
  }

  private static void write(Path image, long sizeBytes, UUID uuid) {
    try (Ext4Writer writer = Ext4Writer.create(image, Ext4Options.writable(sizeBytes, uuid))) {
      // Owned by root, open to all: the overlay takes its root's permissions from "upper".
      writer.directory(UPPER, Attributes.of(0755));
      writer.directory(WORK, Attributes.of(0755));
      writer.finish();
    } catch (Ext4Exception e) {
      boolean request =
          e.reason() == Ext4Exception.Reason.INVALID || e.reason() == Ext4Exception.Reason.LIMIT;
      throw request
          ? new EngineException(
              EngineException.Kind.INVALID,
              "a disk of " + sizeBytes + " bytes: " + e.getMessage(),
              e)
          : ImageBuilder.failure("the writable disk", e);
    }
  }
}
