package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Humanize;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Waits until something is so. */
final class Waits {
  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private Waits() {}

  static EngineException timeout(String what, Duration limit, Optional<String> last) {
    return timeout(what, limit, last, null);
  }

  private static EngineException timeout(
      String what, Duration limit, Optional<String> last, Throwable cause) {
    return new EngineException(
        Kind.TIMEOUT,
        "awaited for "
            + Humanize.duration(limit)
            + ", and it did not come: "
            + what
            + last.map(text -> " (last: " + text + ")").orElse(""),
        cause);
  }

  /**
   * Asks again and again, less and less often.
   *
   * @param what for the message
   */
  static void until(String what, Callable<Boolean> condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Duration pause = FIRST;
    while (true) {
      Optional<String> last;
      Throwable cause = null;
      try {
        if (Boolean.TRUE.equals(condition.call())) {
          return;
        }
        last = Optional.empty();
      } catch (InterruptedException e) {
        throw cancelled(what);
      } catch (EngineException e) {
        if (e.kind() == Kind.CANCELLED) {
          throw e;
        }
        last = Optional.of(Failures.line(e));
        cause = e;
      } catch (Exception e) {
        last = Optional.of(Failures.line(e));
        cause = e;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw timeout(what, limit, last, cause);
      }
      try {
        Thread.sleep(Duration.ofNanos(Math.min(left, pause.toNanos())));
      } catch (InterruptedException e) {
        throw cancelled(what);
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    }
  }

  /** Where the code stands that called a word. */
  static String caller() {
    Set<String> own = Set.of(Waits.class.getName(), ContainerTui.class.getName());
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !own.contains(frame.getClassName()))
                    .findFirst()
                    .map(Waits::place))
        .orElse("the program");
  }

  private static String place(StackWalker.StackFrame frame) {
    String file = String.valueOf(frame.getFileName());
    // A snippet's file is a label of the console's.
    return file.startsWith("#")
        ? "line " + frame.getLineNumber()
        : file + " line " + frame.getLineNumber();
  }

  private static EngineException cancelled(String what) {
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, "the wait was cancelled: " + what);
  }
}
