package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.files.OverlayView;
import dev.containertui.host.FileStamp;
import dev.containertui.host.SparseFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The disks of a container, standing still while they are read.
 *
 * <pre>
 *   at rest   they stand still by themselves; a start in between is noticed
 *   running   look:  the guest holds back all writes meanwhile
 *             copy:  ... while its own disk is copied, as sparse as it is; then the copy is read
 * </pre>
 */
final class ContainerDisks {
  private static final Duration FREEZE_DEADLINE = Duration.ofSeconds(40);
  private static final Duration THAW_DEADLINE = Duration.ofSeconds(20);

  private final FilesOwner owner;
  private final ContainerSupplies supplies;
  private final Path upperDisk;

  /** The guest has one standstill at a time. */
  private final ReentrantLock still = new ReentrantLock();

  ContainerDisks(FilesOwner owner, ContainerSupplies supplies, Path upperDisk) {
    this.owner = owner;
    this.supplies = supplies;
    this.upperDisk = upperDisk;
  }

  /** Reads what is soon read. */
  <T> T look(Function<OverlayView, T> reader) {
    Path image = image();
    Optional<AgentConnection> agent = owner.agent();
    if (owner.container().spec().readOnlyRoot()) {
      return read(image, Optional.empty(), reader);
    }
    return agent.isEmpty()
        ? atRest(image, reader)
        : heldBack(agent.get(), () -> read(image, Optional.of(upperDisk), reader));
  }

  /** Reads for as long as it takes, for example as fast as a client takes it. */
  <T> T copy(Function<OverlayView, T> reader) {
    Path image = image();
    Optional<AgentConnection> agent = owner.agent();
    if (owner.container().spec().readOnlyRoot()) {
      return read(image, Optional.empty(), reader);
    }
    if (agent.isEmpty()) {
      return atRest(image, reader);
    }
    try (OverlayView view = heldBack(agent.get(), () -> openCopy(image))) {
      return reader.apply(view);
    }
  }

  private Path image() {
    return supplies.rootDisk(supplies.image(owner.container().imageDigest()));
  }

  private static <T> T read(Path image, Optional<Path> own, Function<OverlayView, T> reader) {
    try (OverlayView view = OverlayView.open(image, own)) {
      return reader.apply(view);
    }
  }

  /** One that was never started may have no disk yet. */
  private <T> T atRest(Path image, Function<OverlayView, T> reader) {
    if (!Files.exists(upperDisk)) {
      return read(image, Optional.empty(), reader);
    }
    String before = stamp();
    T found;
    try {
      found = read(image, Optional.of(upperDisk), reader);
    } catch (EngineException e) {
      throw e.kind() == Kind.CORRUPT && !stamp().equals(before) ? started() : e;
    }
    if (!stamp().equals(before)) {
      throw started();
    }
    return found;
  }

  private String stamp() {
    try {
      return FileStamp.of(upperDisk);
    } catch (IOException e) {
      throw DiskErrors.of("cannot read the container's disk", upperDisk, e);
    }
  }

  private EngineException started() {
    return new EngineException(
        Kind.CONFLICT,
        "container " + owner.container().name() + " was started while its files were read",
        "try again");
  }

  private interface Step<T> {
    T run();
  }

  private <T> T heldBack(AgentConnection agent, Step<T> step) {
    try {
      still.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "it was interrupted", e);
    }
    try {
      agent.freezeDisk(true, FREEZE_DEADLINE);
      T done;
      try {
        done = step.run();
      } catch (RuntimeException e) {
        letGoQuietly(agent);
        throw e;
      }
      letGo(agent);
      return done;
    } finally {
      still.unlock();
    }
  }

  /**
   * Fails if the guest let go before: what was read then may be half of one and half of another.
   */
  private void letGo(AgentConnection agent) {
    try {
      agent.freezeDisk(false, THAW_DEADLINE);
    } catch (EngineException e) {
      throw e.kind() == Kind.CANCELLED
          ? e
          : new EngineException(
              Kind.TIMEOUT,
              "the files of container "
                  + owner.container().name()
                  + " could not be read while they stood still: "
                  + e.getMessage(),
              e);
    }
  }

  /** Whatever the step has failed of, the container's processes must go on. */
  private static void letGoQuietly(AgentConnection agent) {
    boolean interrupted = Thread.interrupted();
    try {
      agent.freezeDisk(false, THAW_DEADLINE);
    } catch (EngineException e) {
      // It goes on by itself after a minute.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private OverlayView openCopy(Path image) {
    Path copy = upperDisk.resolveSibling(upperDisk.getFileName() + ".copy");
    try {
      Files.deleteIfExists(copy); // of an engine that was killed
      try {
        SparseFiles.copy(upperDisk, copy);
        return OverlayView.open(image, Optional.of(copy));
      } finally {
        // What is open stays readable.
        Files.deleteIfExists(copy);
      }
    } catch (ClosedByInterruptException e) {
      throw new EngineException(Kind.CANCELLED, "it was interrupted", e);
    } catch (IOException e) {
      throw DiskErrors.of("cannot copy the container's disk", copy, e);
    }
  }
}
