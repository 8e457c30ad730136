package dev.containertui.engine.api.process;

import dev.containertui.engine.StateDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an engine and those who look for it meet.
 *
 * <pre>
 * runtime   engine.sock        where it listens
 *           engine.pid         its process id, and when that process started
 *           engine-start.lock  held by who is starting one
 * data      engine.log         what it wrote, of its last starts
 * </pre>
 */
public record EngineFiles(StateDirectories directories) {
  /** An older log is kept aside when the new one begins beyond this. */
  private static final long LARGE_LOG_BYTES = 1 << 20;

  public Path socket() {
    return directories.runtime().resolve("engine.sock");
  }

  Path startLock() {
    return directories.runtime().resolve("engine-start.lock");
  }

  private Path pid() {
    return directories.runtime().resolve("engine.pid");
  }

  public Path log() {
    return directories.data().resolve("engine.log");
  }

  /** Begins a new log if this one is large; the last large one is kept beside it. */
  void rotateLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LARGE_LOG_BYTES) {
      Files.move(
          log(),
          log().resolveSibling("engine.log.1"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Says that this process is the engine. */
  void writePid() throws IOException {
    Files.writeString(pid(), mark(ProcessHandle.current()), StandardCharsets.US_ASCII);
  }

  /** The number alone may be another process's by now; with the time of its start it is not. */
  private static String mark(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }

  /** The engine's process, if it runs, whether it answers or not. */
  public Optional<ProcessHandle> process() {
    try {
      String mark = Files.readString(pid(), StandardCharsets.US_ASCII);
      long number = Long.parseLong(mark.substring(0, Math.max(0, mark.indexOf(' '))));
      return ProcessHandle.of(number).filter(found -> mark(found).equals(mark));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void deletePid() throws IOException {
    Files.deleteIfExists(pid());
  }
}
