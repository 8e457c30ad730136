package dev.containertui.engine;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.function.Consumer;

/** The engine that lives in the calling process: its containers end with it. */
public final class LocalEngine implements Engine {
  private final EventBus events = new EventBus();

  private LocalEngine(EngineConfig config) {
    config.directories().ensureRuntime();
  }

  /** Opens an engine; fast, since its parts are made when they are first used. */
  public static LocalEngine open(EngineConfig config) {
    return new LocalEngine(config);
  }

  @Override
  public Images images() {
    throw notYet("images");
  }

  @Override
  public Containers containers() {
    throw notYet("containers");
  }

  @Override
  public Kernels kernels() {
    throw notYet("kernels");
  }

  private static EngineException notYet(String part) {
    return new EngineException(Kind.UNAVAILABLE, part + " are not part of this build");
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return events.subscribe(listener);
  }

  @Override
  public List<Finding> diagnose() {
    return List.of();
  }

  @Override
  public void close() {
    events.close();
  }
}
