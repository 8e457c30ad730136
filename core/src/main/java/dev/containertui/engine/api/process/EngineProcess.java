package dev.containertui.engine.api.process;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.engine.api.http.SocketFile;
import dev.containertui.engine.api.server.ApiServer;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A user's engine, from its start to its end. It ends when it is told to, or when it has had
 * nothing to do for a while; containers run on either way, and the next engine takes them over.
 */
public final class EngineProcess implements AutoCloseable {
  /** An engine that is about to end has the state for a moment longer than its socket. */
  private static final Duration PREDECESSOR_ENDS = Duration.ofSeconds(20);

  /** Between two looks for whether there is still something to do; each takes microseconds. */
  private static final Duration LOOK_ROUND = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** Enough for a client that found the socket before it was moved away to have connected. */
  private static final Duration SETTLE = Duration.ofMillis(100);

  private final EngineFiles files;
  private final LocalEngine engine;
  private final ApiServer server;
  private final boolean inherited;
  private boolean closed;

  private EngineProcess(
      EngineFiles files, LocalEngine engine, ApiServer server, boolean inherited) {
    this.files = files;
    this.engine = engine;
    this.server = server;
    this.inherited = inherited;
  }

  /**
   * Becomes the engine of a state directory.
   *
   * @param listener a socket that listens already, as a service manager hands it over; empty: the
   *     one in the runtime directory, which is made
   * @throws EngineException CONFLICT if there is an engine already
   */
  public static EngineProcess open(EngineConfig config, Optional<ServerSocketChannel> listener) {
    EngineFiles files = new EngineFiles(config.directories());
    config.directories().ensureRuntime();
    LocalEngine engine = hold(config, files);
    boolean opened = false;
    try {
      files.writePid();
      ApiServer server =
          ApiServer.start(engine, listener.orElseGet(() -> SocketFile.listen(files.socket())));
      opened = true;
      return new EngineProcess(files, engine, server, listener.isPresent());
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot write to the runtime directory: " + e, e);
    } finally {
      if (!opened) {
        engine.detach();
      }
    }
  }

  private static LocalEngine hold(EngineConfig config, EngineFiles files) {
    long deadline = System.nanoTime() + PREDECESSOR_ENDS.toNanos();
    while (true) {
      try {
        return LocalEngine.openSupervising(config);
      } catch (EngineException e) {
        // One that still listens is not about to end.
        boolean stays = EngineConnector.listens(files.socket()) || System.nanoTime() > deadline;
        if (e.kind() != Kind.CONFLICT || stays) {
          throw e.kind() == Kind.CONFLICT ? running(files, e) : e;
        }
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        throw new EngineException(Kind.CANCELLED, "cancelled", e);
      }
    }
  }

  private static EngineException running(EngineFiles files, EngineException cause) {
    return new EngineException(
        Kind.CONFLICT,
        "an engine is running already"
            + files.process().map(found -> ", process " + found.pid()).orElse(""),
        "container-tui engine status",
        cause);
  }

  /**
   * Returns when it has had nothing to do for so long: no client, no container that runs or waits
   * to be restarted. Meanwhile, gives memory back when it has gone quiet.
   */
  public void awaitIdle(Duration idle) throws InterruptedException {
    Duration longest = idle.compareTo(LOOK_ROUND) < 0 ? idle : LOOK_ROUND;
    Instant cleaned = Instant.EPOCH;
    while (true) {
      Duration quiet = Duration.between(server.lastActive(), Instant.now());
      if (isBusy()) {
        Thread.sleep(longest);
      } else if (quiet.compareTo(idle) < 0) {
        Duration left = idle.minus(quiet);
        Thread.sleep(left.compareTo(longest) < 0 ? left : longest);
      } else if (withdraw()) {
        return;
      }
      if (server.connections() == 0 && server.lastActive().isAfter(cleaned)) {
        System.gc();
        cleaned = Instant.now();
      }
    }
  }

  private boolean isBusy() {
    if (server.connections() > 0) {
      return true;
    }
    try {
      return engine.containers().list(true).stream()
          .anyMatch(container -> container.state().isActive());
    } catch (EngineException e) {
      return true; // Who does not know what runs must not go.
    }
  }

  /**
   * Lets no new client in, and looks again: one may just have come. Moving the socket's file away
   * does that without closing the socket, so that it can be undone.
   */
  private boolean withdraw() throws InterruptedException {
    if (inherited) {
      return true; // Whoever connects from now on is kept for the next one by the service manager.
    }
    Path aside = files.socket().resolveSibling(".engine.sock.ending");
    try {
      Instant last = server.lastActive();
      Files.move(files.socket(), aside);
      Thread.sleep(SETTLE);
      if (isBusy() || server.lastActive().isAfter(last)) {
        Files.move(aside, files.socket());
        return false;
      }
      Files.delete(aside);
    } catch (IOException e) {
      // Somebody has removed it: then nobody can come any more.
    }
    return true;
  }

  /** Lets go of the machines and ends. Containers run on. May be called more than once. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!inherited) {
        Files.deleteIfExists(files.socket());
      }
      files.deletePid();
    } catch (IOException e) {
      // A socket that nobody listens at is replaced by the next engine.
    }
    server.close();
    engine.detach();
  }
}
