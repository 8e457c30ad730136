package dev.containertui.container;

import dev.containertui.container.ContainerState.Failed;
import dev.containertui.error.EngineException;
import dev.containertui.host.HostProcesses;
import dev.containertui.host.OwnerLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Cleans up after a process that was killed while it ran containers: machines, runtime directories
 * and records.
 *
 * <p>A machine is recognised by its runtime directory, whose name is part of its command line and
 * of no other process's; a process id alone may be somebody else's by now.
 */
final class OrphanReaper {
  private final ContainerStore store;
  private final Supplier<Path> runtimeDirectory;

  /** Else who asks while this process cleans up after an owner would take that for an owner. */
  private final ReentrantLock checking = new ReentrantLock();

  OrphanReaper(ContainerStore store, Supplier<Path> runtimeDirectory) {
    this.store = store;
    this.runtimeDirectory = runtimeDirectory;
  }

  /** Finds what was left by looking at runtime directories: only running containers have one. */
  void sweep() {
    try {
      TemplateBuild.sweep(runtimeDirectory.get());
      sweepContainers();
    } catch (NoSuchFileException e) {
      // Nothing has ever run.
    } catch (IOException | EngineException e) {
      // It is tried again by the next engine.
    }
  }

  private void sweepContainers() throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(runtimeDirectory.get(), OrphanReaper::isOfContainer)) {
      store.sweep();
      for (Path entry : entries) {
        recordOf(entry.getFileName().toString())
            .filter(record -> !record.supervised())
            .ifPresent(this::check);
      }
    }
  }

  /**
   * For the engine that supervises: ends machines that no record knows of, or whose container does
   * not run as far as its record goes, because an engine was killed before it could write that.
   */
  void endStrays() {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(runtimeDirectory.get(), OrphanReaper::isOfContainer)) {
      for (Path entry : entries) {
        Optional<ContainerRecord> record = recordOf(entry.getFileName().toString());
        if (record.isEmpty() || record.get().supervised() && !record.get().state().isActive()) {
          HostProcesses.mentioning(entry + "/").forEach(HostProcesses::kill);
          MachineStart.deleteQuietly(entry);
        }
      }
    } catch (IOException e) {
      // There are none, or the next engine finds them.
    }
  }

  /** What else is there, sockets and locks of the engine, is not for containers to remove. */
  private static boolean isOfContainer(Path entry) {
    return entry.getFileName().toString().matches("[0-9a-f]{12}");
  }

  private Optional<ContainerRecord> recordOf(String shortId) {
    return store.list().stream().filter(r -> r.shortId().equals(shortId)).findFirst();
  }

  /**
   * The record of a container that is said to run elsewhere, put right if its owner is gone; null
   * if it was to be removed at its end.
   */
  ContainerRecord check(ContainerRecord suspect) {
    checking.lock();
    try {
      return checkAlone(suspect);
    } finally {
      checking.unlock();
    }
  }

  private ContainerRecord checkAlone(ContainerRecord suspect) {
    Optional<OwnerLock> lock;
    try {
      lock = OwnerLock.tryTake(store.ownerLock(suspect.id()));
    } catch (EngineException removedMeanwhile) {
      return store.load(suspect.id()).orElse(null);
    }
    if (lock.isEmpty()) {
      return suspect;
    }
    try (var _ = lock.get()) {
      Optional<ContainerRecord> written = store.load(suspect.id());
      if (written.isEmpty()) {
        return null;
      }
      ContainerRecord record = written.get();
      killMachine(record);
      MachineStart.deleteQuietly(runtimeDirectory.get().resolve(record.shortId()));
      return settle(record);
    }
  }

  private ContainerRecord settle(ContainerRecord record) {
    if (!record.state().isActive()) {
      return record;
    }
    if (record.spec().removeOnExit()) {
      store.remove(record.id());
      return null;
    }
    ContainerRecord failed =
        record
            .entering(
                new Failed(
                    Instant.now(), "the program that it belonged to ended without stopping it"))
            .with(record.facts().finished(Instant.now()));
    store.save(failed);
    return failed;
  }

  private void killMachine(ContainerRecord record) {
    String mark = runtimeDirectory.get().resolve(record.shortId()) + "/";
    Stream<ProcessHandle> suspects =
        record.machine().isPresent()
            ? ProcessHandle.of(record.machine().get().pid()).stream()
                .filter(process -> HostProcesses.commandLine(process).contains(mark))
            : HostProcesses.mentioning(mark);
    suspects.forEach(HostProcesses::kill);
  }
}
