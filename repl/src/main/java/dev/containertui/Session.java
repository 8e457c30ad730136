package dev.containertui;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.engine.api.process.EngineConnector;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.function.Supplier;

/**
 * What the words of {@link ContainerTui} act on: an engine and a front end. A process has one at a
 * time. There is always one: if none has been opened, the first word opens the user's own.
 */
public final class Session implements AutoCloseable {
  private static final String EMBEDDED = "CONTAINER_TUI_EMBEDDED";
  private static final Object LOCK = new Object();
  private static Session open;

  /** Whether a console has ended: what it left running must not open an engine of its own. */
  private static boolean ended;

  private final Engine engine;
  private final Frontend frontend;
  private final boolean owned;
  private final boolean last;

  private Session(Engine engine, Frontend frontend, boolean owned, boolean last) {
    this.engine = engine;
    this.frontend = frontend;
    this.owned = owned;
    this.last = last;
  }

  /**
   * Opens a session for a console or script, in the place of the one that the program has. When it
   * is closed, words fail until another is opened.
   *
   * @param engine stays the caller's to close
   * @throws EngineException CONFLICT if another console is open
   */
  public static Session open(Engine engine, Frontend frontend) {
    synchronized (LOCK) {
      if (open != null && open.last) {
        throw new EngineException(
            Kind.CONFLICT, "a console is open already", "a process has one console at a time");
      }
      if (open != null) {
        open.close();
      }
      open = new Session(engine, frontend, false, true);
      ended = false;
      return open;
    }
  }

  /** Puts a session in the place of the one that a program has; a console's is not replaced. */
  private static void replace(Supplier<Engine> engine, boolean owned) {
    synchronized (LOCK) {
      if (open != null && open.last) {
        throw new EngineException(
            Kind.CONFLICT, "the console has its engine", "use(…) is for programs of their own");
      }
      if (open != null) {
        open.close();
      }
      open = new Session(engine.get(), new ProgramFrontend(), owned, false);
      ended = false;
    }
  }

  static void use(Engine engine) {
    replace(() -> engine, false);
  }

  static void embedded() {
    replace(Session::local, true);
  }

  /** It is also closed, containers and all, when this process ends. */
  private static Engine local() {
    Engine engine = LocalEngine.open(EngineConfig.fromEnvironment());
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "engine-close"));
    return engine;
  }

  static Session current() {
    synchronized (LOCK) {
      if (open == null) {
        if (ended) {
          throw new EngineException(Kind.CONFLICT, "the console has been closed");
        }
        open = new Session(users(), new ProgramFrontend(), true, false);
      }
      return open;
    }
  }

  private static Engine users() {
    String embedded = System.getenv().getOrDefault(EMBEDDED, "");
    return embedded.isEmpty() || embedded.equals("0")
        ? new EngineConnector(EngineConfig.fromEnvironment(), System.err::println).connect()
        : local();
  }

  /** Closes the one that is open, if any. */
  static void closeCurrent() {
    synchronized (LOCK) {
      if (open != null && open.last) {
        throw new EngineException(
            Kind.CONFLICT, "the console has its engine", "exit() leaves the console");
      }
      if (open != null) {
        open.close();
      }
    }
  }

  Engine engine() {
    return engine;
  }

  Frontend frontend() {
    return frontend;
  }

  /** Lets go of the engine, and closes it if the session has opened it. */
  @Override
  public void close() {
    synchronized (LOCK) {
      if (open != this) {
        return;
      }
      open = null;
      ended = last;
    }
    if (owned) {
      engine.close();
    }
  }
}
