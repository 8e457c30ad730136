package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Moves blobs between store and registry, a few at a time. */
final class Transfers {
  private final int atOnce;
  private final String what;

  /**
   * @param what what the blobs are moved for, as in "pull of alpine"
   */
  Transfers(int atOnce, String what) {
    this.atOnce = atOnce;
    this.what = what;
  }

  /** Returns when all are moved. The first failure, or an interrupt, ends all transfers. */
  void run(List<Descriptor> blobs, Consumer<Descriptor> move) {
    ExecutorService pool =
        Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("blob-", 0).factory());
    try {
      CompletionService<Void> transfers = new ExecutorCompletionService<>(pool);
      for (Descriptor blob : blobs) {
        transfers.submit(() -> move.accept(blob), null);
      }
      for (int i = 0; i < blobs.size(); i++) {
        transfers.take().get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        default -> throw new EngineException(Kind.INTERNAL, "a transfer failed", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "interrupted: " + what, e);
    } finally {
      pool.shutdownNow(); // Interrupts what is still running …
      pool.close(); // … and waits until it has let go of its files.
    }
  }
}
