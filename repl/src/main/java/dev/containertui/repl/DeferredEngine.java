package dev.containertui.repl;

import dev.containertui.engine.Containers;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.Templates;
import dev.containertui.engine.Volumes;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An engine that is opened when it is first used. Who needs it waits for it, and can be interrupted
 * in that without harm to the others; if it cannot be opened, every use says why.
 */
public final class DeferredEngine implements Engine {
  private final CompletableFuture<Engine> opened = new CompletableFuture<>();

  private final AtomicBoolean asked = new AtomicBoolean();
  private final Supplier<? extends Engine> opener;

  public DeferredEngine(Supplier<? extends Engine> opener) {
    this.opener = opener;
  }

  private void open() {
    try {
      opened.complete(opener.get());
    } catch (RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
  }

  private Engine engine() {
    if (asked.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::open);
    }
    try {
      return opened.get();
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException known) {
        throw new EngineException(known.kind(), known.getMessage(), known.hint(), known);
      }
      throw new EngineException(Kind.INTERNAL, "the engine cannot be opened: " + e.getCause(), e);
    }
  }

  @Override
  public Images images() {
    return engine().images();
  }

  @Override
  public Containers containers() {
    return engine().containers();
  }

  @Override
  public Kernels kernels() {
    return engine().kernels();
  }

  @Override
  public Volumes volumes() {
    return engine().volumes();
  }

  @Override
  public Templates templates() {
    return engine().templates();
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return engine().onEvent(listener);
  }

  @Override
  public Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    return engine().onEvent(since, listener);
  }

  @Override
  public EngineInfo info() {
    return engine().info();
  }

  @Override
  public boolean endsWithCaller() {
    return engine().endsWithCaller();
  }

  @Override
  public DiskUsage diskUsage() {
    return engine().diskUsage();
  }

  @Override
  public List<Finding> diagnose() {
    return engine().diagnose();
  }

  /** Waits for the end of the opening, if it still goes on. */
  @Override
  public void close() {
    if (asked.compareAndSet(false, true)) {
      opened.completeExceptionally(
          new EngineException(Kind.CONFLICT, "the engine has been closed"));
      return;
    }
    Engine engine;
    try {
      engine = opened.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opened.thenAccept(Engine::close);
      return;
    } catch (ExecutionException e) {
      return; // there is nothing to close
    }
    engine.close();
  }
}
