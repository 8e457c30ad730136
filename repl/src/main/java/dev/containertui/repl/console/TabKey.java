package dev.containertui.repl.console;

import dev.containertui.repl.jshell.CallSite;
import dev.containertui.view.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What Tab does: completes; lists if there are several ways; pressed again, shows the documentation
 * page by page. The answer is sought in another thread, so that a slow one holds no key up; it is
 * dropped if something has been typed since.
 */
final class TabKey {
  /** An answer that comes this soon is there before the next key. */
  private static final long PATIENCE_MILLIS = 200;

  private static final Duration DOCUMENTATION_LIMIT = Duration.ofSeconds(10);
  private static final int MOST_LINES = 2000;

  private record Answer(String before, Completion.Candidates candidates, List<String> below) {}

  private final ConsoleReader reader;
  private final Completer completer;
  private final Documentation documentation;
  private final LastValue lastValue;
  private final Supplier<Style> style;
  private CompletableFuture<Answer> sought = new CompletableFuture<>();
  private String pressedAt = "";
  private Completion.Candidates listed = Completion.Candidates.NONE;
  private List<String> pages = List.of();
  private int page;

  TabKey(
      ConsoleReader reader,
      Completer completer,
      Documentation documentation,
      LastValue lastValue,
      Supplier<Style> style) {
    this.reader = reader;
    this.completer = completer;
    this.documentation = documentation;
    this.lastValue = lastValue;
    this.style = style;
  }

  void reset() {
    pressedAt = "";
    pages = List.of();
  }

  boolean press() {
    String before = reader.edited().upToCursor();
    int lineStart = before.lastIndexOf('\n') + 1;
    if (lineStart > 0 && before.substring(lineStart).isBlank()) {
      reader.edited().write(" ".repeat(ConsoleReader.INDENTATION_WIDTH));
      return true;
    }
    if (before.equals(pressedAt) && reader.edited().cursor() == before.length()) {
      if (pages.isEmpty()) {
        return listed.completions().isEmpty() ? document() : explain(before, listed);
      }
      nextPage();
      return true;
    }
    pressedAt = before;
    listed = Completion.Candidates.NONE;
    pages = List.of();
    return seek(() -> complete(before));
  }

  /** The documentation of what stands before the cursor. */
  boolean document() {
    String before = reader.edited().upToCursor();
    pressedAt = before;
    return seek(
        () -> {
          List<Documentation.Entry> entries = entries(before);
          List<String> lines = Documentation.lines(entries, style.get(), true);
          List<String> below =
              lines.isEmpty()
                  ? List.of(reader.dim("no documentation for what stands here"))
                  : lines;
          return new Answer(before, Completion.Candidates.NONE, below);
        });
  }

  /** The documentation of all that has been listed, as far as it comes in time. */
  private boolean explain(String before, Completion.Candidates candidates) {
    return seek(
        () -> {
          String source = lastValue.resolve(before.substring(0, candidates.from()));
          long deadline = System.nanoTime() + DOCUMENTATION_LIMIT.toNanos();
          List<String> lines = new ArrayList<>();
          for (Completion completion : candidates.completions()) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || lines.size() > MOST_LINES) {
              break;
            }
            lines.addAll(
                Documentation.lines(
                    documentation.entries(
                        source + completion.text().replaceFirst("\\(.*", "("), left, true),
                    style.get(),
                    false));
          }
          return new Answer(
              before,
              Completion.Candidates.NONE,
              lines.isEmpty() ? List.of(reader.dim("no documentation for these")) : lines);
        });
  }

  private List<Documentation.Entry> entries(String before) {
    Optional<CallSite> call = CallSite.atEndOf(before);
    String source = lastValue.resolve(before);
    List<Documentation.Entry> entries =
        call.isPresent() && call.get().blank()
            ? List.of()
            : documentation.entries(source, DOCUMENTATION_LIMIT, true);
    if (entries.isEmpty() && call.isPresent()) {
      String method = lastValue.resolve(before.substring(0, call.get().open()));
      entries = documentation.entries(method, DOCUMENTATION_LIMIT, true);
    }
    return entries;
  }

  private Answer complete(String before) {
    Optional<CallSite> call = CallSite.atEndOf(before).filter(CallSite::blank);
    List<String> signatures = new ArrayList<>();
    if (call.isPresent()) {
      String method = lastValue.resolve(before.substring(0, call.get().open()));
      signatures.addAll(
          Documentation.lines(
              documentation.entries(method, DOCUMENTATION_LIMIT, true), style.get(), false));
    }
    Completion.Candidates candidates = completer.completions(before);
    return new Answer(before, candidates, signatures);
  }

  private boolean seek(Supplier<Answer> question) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    sought = answer;
    Thread.startVirtualThread(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return apply();
    } catch (TimeoutException e) {
      answer.whenComplete((done, failure) -> Thread.startVirtualThread(this::wake));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private void wake() {
    reader.answer("console-tab-answer");
  }

  /** Puts the answer in, if it is there and still asked for. */
  boolean apply() {
    CompletableFuture<Answer> answer = sought;
    if (!answer.isDone() || answer.isCompletedExceptionally()) {
      return false;
    }
    sought = new CompletableFuture<>();
    Answer found = answer.join();
    String before = reader.edited().upToCursor();
    if (!before.equals(found.before())) {
      return false;
    }
    List<Completion> completions = found.candidates().completions();
    if (completions.isEmpty()) {
      return below(found.below());
    }
    String typed = before.substring(found.candidates().from());
    String common = found.candidates().common();
    // Where an argument has not been begun, nothing goes in that nobody asked for.
    boolean begun = !typed.isEmpty() || found.below().isEmpty();
    boolean grows = begun && common.length() > typed.length() && common.startsWith(typed);
    if (grows) {
      put(typed, common);
    }
    if (begun && completions.size() == 1) {
      finish(completions.getFirst(), common);
      return true;
    }
    if (grows) {
      pressedAt = ""; // the next Tab lists
      return true;
    }
    listed = found.candidates();
    int room =
        Math.max(3, reader.roomBelow() - Math.min(found.below().size(), reader.roomBelow() / 2));
    List<String> lines = new ArrayList<>(found.below());
    lines.addAll(CandidateList.lines(completions, style.get(), room));
    lines.add(reader.dim("Tab again: documentation"));
    reader.showBelow(fit(lines));
    return true;
  }

  private void put(String typed, String text) {
    reader.edited().backspace(typed.length());
    reader.edited().write(text);
  }

  private void finish(Completion completion, String text) {
    boolean closed = text.endsWith("\"") && reader.edited().currChar() == '"';
    if (closed) {
      reader.edited().delete(1);
    }
    if (completion.complete() && reader.edited().currChar() != ' ') {
      reader.edited().write(" ");
    }
    pressedAt = ""; // the next Tab completes what comes now
  }

  private boolean below(List<String> lines) {
    if (lines.isEmpty()) {
      return false;
    }
    pages = lines;
    page = 0;
    nextPage();
    return true;
  }

  private void nextPage() {
    int room = reader.roomBelow() - 1;
    if (page >= pages.size()) {
      page = 0;
    }
    int end = Math.min(pages.size(), page + room);
    List<String> lines = new ArrayList<>(pages.subList(page, end));
    if (pages.size() > room) {
      lines.add(
          reader.dim("lines " + (page + 1) + "-" + end + " of " + pages.size() + ", Tab goes on"));
    }
    page = end;
    reader.showBelow(lines);
  }

  private List<String> fit(List<String> lines) {
    int room = reader.roomBelow();
    return lines.size() <= room ? lines : lines.subList(lines.size() - room, lines.size());
  }
}
