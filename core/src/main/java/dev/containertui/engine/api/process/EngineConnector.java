package dev.containertui.engine.api.process;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.api.client.RemoteEngine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Finds the engine of a state directory; starts one if there is none. */
public final class EngineConnector {
  /**
   * A system property: where an engine that this process starts is to write an ahead-of-time cache
   * of the classes that it has used (JEP 514), when it ends.
   */
  public static final String RECORD_PROPERTY = "dev.containertui.aot.record";

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  /** Locks on files are the process's: between threads of one process they do not keep order. */
  private static final ReentrantLock STARTING = new ReentrantLock();

  private final EngineConfig config;
  private final EngineFiles files;
  private final Consumer<String> notices;

  /**
   * @param notices gets a line for a person if there is something to be said, once
   */
  public EngineConnector(EngineConfig config, Consumer<String> notices) {
    this.config = config;
    this.files = new EngineFiles(config.directories());
    this.notices = notices;
  }

  /** The engine; it is looked for, and if need be started, when something is first asked of it. */
  public RemoteEngine connect() {
    return RemoteEngine.of(files.socket(), config, this::ensureRunning, notices);
  }

  /** Whether somebody listens at a socket. */
  public static boolean listens(Path socket) {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns when an engine listens. Of many that call this at once, in any process, one starts it.
   *
   * @return whether it was started by this call
   * @throws EngineException UNAVAILABLE if it does not start; TIMEOUT; CANCELLED
   */
  public boolean ensureRunning() {
    config.directories().ensureRuntime();
    try {
      STARTING.lockInterruptibly();
      try (FileChannel file =
          FileChannel.open(
              files.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        file.lock();
        if (listens(files.socket())) {
          return false;
        }
        start();
        return true;
      } finally {
        STARTING.unlock();
      }
    } catch (FileLockInterruptionException | ClosedByInterruptException | InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "cancelled while the engine started", e);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot lock " + files.startLock() + ": " + e.getMessage(), e);
    }
  }

  private void start() throws InterruptedException {
    Process process = EngineLaunch.start(files);
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (!listens(files.socket())) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      } else if (!process.isAlive()) {
        throw new EngineException(
            Kind.UNAVAILABLE, "the engine does not start: " + lastLine(), "see " + files.log());
      } else if (System.nanoTime() > deadline) {
        process.destroy();
        throw new EngineException(
            Kind.TIMEOUT,
            "the engine did not start within " + START_DEADLINE.toSeconds() + " s",
            "see " + files.log());
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private String lastLine() {
    try (var lines = Files.lines(files.log(), StandardCharsets.ISO_8859_1)) {
      return lines.reduce("", (first, second) -> second);
    } catch (IOException e) {
      return "it left no log";
    }
  }
}
