package dev.containertui.rootfs;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.Ext4Options;
import dev.containertui.ext4.Ext4Writer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the layers of one image, base first, into one ext4 image, and turns failures to words. */
final class ImageBuilder {
  private static final long PROGRESS_INTERVAL_NANOS = 100_000_000;

  private final List<LayerSource> layers;
  private final UnpackProgress progress;
  private final LayerStream.Budget budget;
  private final EntryBudget entries;
  private final AtomicLong blobBytesRead = new AtomicLong();
  private final long totalBytes;
  private long lastProgress;

  ImageBuilder(List<LayerSource> layers, UnpackLimits limits, UnpackProgress progress) {
    this.layers = layers;
    this.progress = progress;
    this.budget = new LayerStream.Budget(limits.uncompressedBytes());
    this.entries = new EntryBudget(limits.entries());
    this.totalBytes = layers.stream().mapToLong(LayerSource::sizeBytes).sum();
    for (LayerSource layer : layers) {
      if (!LayerCompression.isLayer(layer.mediaType())) {
        throw new EngineException(
            Kind.INVALID,
            "layer " + layer.digest() + " is of type " + layer.mediaType() + ", not a file system");
      }
    }
  }

  /** Writes the image; on failure the file is there but worthless. */
  void build(Path image, UUID uuid) {
    lastProgress = System.nanoTime();
    progress.unpacked(0, totalBytes);
    try (Ext4Writer writer = Ext4Writer.create(image, Ext4Options.fitted(uuid))) {
      for (int i = 0; i < layers.size(); i++) {
        apply(writer, i);
      }
      writer.finish();
    } catch (Ext4Exception e) {
      throw failure("the root file system", e);
    }
    progress.unpacked(totalBytes, totalBytes);
  }

  private void apply(Ext4Writer writer, int index) {
    LayerSource layer = layers.get(index);
    String what = "layer %d of %d (%s)".formatted(index + 1, layers.size(), layer.digest());
    String where = "";
    try (LayerStream stream = new LayerStream(layer, budget, blobBytesRead)) {
      TarReader tar = new TarReader(stream);
      LayerApplier applier = new LayerApplier(writer, entries);
      TarEntry entry;
      while ((entry = tar.next()) != null) {
        where = ", at " + entry.printableName();
        checkInterrupt();
        applier.apply(entry, tar);
        where = ", after " + entry.printableName();
        report();
      }
      where = "";
      String diffId = stream.drainAndDigest();
      if (!diffId.equals(layer.diffId())) {
        throw new LayerException(
            "its content has the digest " + diffId + ", the image says " + layer.diffId());
      }
    } catch (LayerException e) {
      throw corrupt(what + where + ": " + e.getMessage(), e);
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      throw cancelled(e);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, what + " cannot be read: " + e.getMessage(), e);
    } catch (Ext4Exception e) {
      throw failure(what + where, e);
    }
  }

  private static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(null);
    }
  }

  private void report() {
    long now = System.nanoTime();
    if (now - lastProgress >= PROGRESS_INTERVAL_NANOS) {
      lastProgress = now;
      progress.unpacked(Math.min(blobBytesRead.get(), totalBytes), totalBytes);
    }
  }

  /** What the writer says, in the words of the engine. */
  static EngineException failure(String what, Ext4Exception e) {
    if (e.getCause() instanceof ClosedByInterruptException) {
      return cancelled(e);
    }
    String message = what + ": " + e.getMessage();
    return switch (e.reason()) {
      case NO_SPACE ->
          new EngineException(
              Kind.EXHAUSTED, message, "remove images or containers, or make room otherwise", e);
      case IO -> new EngineException(Kind.UNAVAILABLE, message, e);
      default -> corrupt(message, e);
    };
  }

  private static EngineException corrupt(String message, Exception cause) {
    return new EngineException(
        Kind.CORRUPT,
        message,
        "the image is damaged or hostile: pull it again, or ask whoever made it",
        cause);
  }

  private static EngineException cancelled(Exception cause) {
    return new EngineException(Kind.CANCELLED, "unpacking was interrupted", cause);
  }
}
