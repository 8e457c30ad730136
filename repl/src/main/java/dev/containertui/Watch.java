package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.SafeText;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Shows a value again and again. */
final class Watch {
  /** Cursor up so many lines, then erase to the end of the screen. */
  private static final String BACK = "\u001b[%dA\u001b[J";

  private final Frontend frontend;
  private final Duration interval;
  private List<String> shown = List.of();

  Watch(Frontend frontend, Duration interval) {
    this.frontend = frontend;
    this.interval = interval;
  }

  void run(Callable<?> expression) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        show(evaluate(expression));
        Thread.sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the caller decides what that means for the rest
    }
  }

  private Object evaluate(Callable<?> expression) throws InterruptedException {
    try {
      return expression.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw new InterruptedException();
      }
      throw e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new EngineException(Kind.INVALID, "watch: " + Failures.line(e), e);
    }
  }

  private void show(Object value) {
    String text =
        value instanceof CharSequence plain
            ? SafeText.block(plain.toString())
            : frontend.render(value);
    List<String> lines = text.lines().toList();
    PrintStream out = frontend.out();
    if (!frontend.live()) {
      if (!lines.equals(shown)) {
        lines.forEach(out::println);
      }
    } else {
      StringBuilder frame = new StringBuilder();
      if (!shown.isEmpty()) {
        frame.append(BACK.formatted(shown.size()));
      }
      // A line that wraps would be two, and the cursor would not come back to the first.
      for (String line : lines) {
        frame.append(clipped(line)).append(System.lineSeparator());
      }
      out.print(frame);
      out.flush();
    }
    shown = lines;
  }

  private String clipped(String line) {
    return line.indexOf('\u001b') >= 0
        ? line // painted by us, and laid out for this width
        : SafeText.clip(line, frontend.style().width(), "");
  }
}
