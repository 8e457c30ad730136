package dev.containertui.cli;

import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same for every name; one that fails is reported and does not keep back the others. */
final class EachName {
  private static final int SIDE_BY_SIDE = 16;

  private EachName() {}

  /** Returns the exit code: 0 if all went well, else 1; a cancellation ends it at once. */
  static int in(CliContext context, List<String> names, Consumer<String> action) {
    int exitCode = ExitCodes.OK;
    for (String name : names) {
      try {
        action.accept(name);
      } catch (EngineException e) {
        exitCode = failed(context, names, e);
      }
    }
    return exitCode;
  }

  /**
   * The same, several at once, for what takes its time; prints what the action returns, in the
   * order of the names.
   */
  static int sideBySide(
      CliContext context, List<String> names, PrintStream out, Function<String, String> action) {
    return Cancellable.call(context, () -> runSideBySide(context, names, out, action));
  }

  private static int runSideBySide(
      CliContext context, List<String> names, PrintStream out, Function<String, String> action) {
    Semaphore permits = new Semaphore(SIDE_BY_SIDE);
    int exitCode = ExitCodes.OK;
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<String>> results = new ArrayList<>();
      for (String name : names) {
        results.add(workers.submit(limited(permits, () -> action.apply(name))));
      }
      for (Future<String> result : results) {
        try {
          out.println(result.get());
          out.flush();
        } catch (ExecutionException e) {
          exitCode = failed(context, names, causeOf(e));
        }
      }
      return exitCode;
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    } finally {
      workers.shutdownNow(); // interrupts what still runs after a cancellation
      workers.close();
    }
  }

  private static Callable<String> limited(Semaphore permits, Callable<String> work) {
    return () -> {
      permits.acquire();
      try {
        return work.call();
      } finally {
        permits.release();
      }
    };
  }

  private static EngineException causeOf(ExecutionException e) {
    switch (e.getCause()) {
      case EngineException failure:
        return failure;
      case RuntimeException unexpected:
        throw unexpected;
      case Error error:
        throw error;
      default:
        throw new IllegalStateException(e.getCause());
    }
  }

  private static int failed(CliContext context, List<String> names, EngineException e) {
    if (names.size() == 1 || e.kind() == EngineException.Kind.CANCELLED) {
      throw e;
    }
    Messages.print(context.io().err(), e.getMessage(), e.hint());
    return ExitCodes.FAILURE;
  }
}
