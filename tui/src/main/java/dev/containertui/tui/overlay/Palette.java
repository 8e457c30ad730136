package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.CommandLine;
import dev.containertui.tui.app.CommandLine.Candidate;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Overlay;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.Names;
import dev.containertui.tui.widget.TableView;
import dev.containertui.tui.widget.TextLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The line behind {@code :}. It takes every command of the command line, and some of the
 * workbench's own, completes them, and remembers them.
 */
public final class Palette implements Overlay {
  public static final Slot<List<String>> HISTORY = new Slot<>("palette.history", List.of());

  private static final Slot<Optional<Typing>> SLOT = new Slot<>("palette", Optional.empty());
  private static final int MAX_HISTORY = 200;
  private static final int MAX_SHOWN = 10;

  /**
   * @param chosen which of the candidates is written into the line; -1: none
   * @param stem what was typed before one was
   * @param historyAt index into the history; its size: what is being typed
   */
  private record Typing(TextLine line, int chosen, TextLine stem, int historyAt, TextLine draft) {
    Typing typed(TextLine changed) {
      return new Typing(changed, -1, changed, historyAt, changed);
    }
  }

  private final CommandLine commands;
  private final PaletteCommands runner;

  public Palette(CommandLine commands, PaletteCommands runner) {
    this.commands = commands;
    this.runner = runner;
  }

  /** Opens it with a text to go on from. */
  public static State open(State state, String text) {
    TextLine line = TextLine.of(text);
    return state.put(
        SLOT, Optional.of(new Typing(line, -1, line, state.get(HISTORY).size(), line)));
  }

  @Override
  public boolean isOpen(State state) {
    return state.get(SLOT).isPresent();
  }

  /** What opens it. */
  public static Action action() {
    return Action.of(
        "palette", Context.GLOBAL, ":", "type a command", "command", s -> Step.to(open(s, "")));
  }

  @Override
  public List<Action> actions() {
    return List.of();
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of();
  }

  @Override
  public Optional<Step> capture(State state, Key key) {
    Typing typing = state.get(SLOT).orElseThrow();
    State closed = state.put(SLOT, Optional.empty());
    if (key.is(Kind.ESCAPE)
        || key.isControl('c')
        || key.isControl('g')
        || key.is(Kind.BACKSPACE) && typing.line().isEmpty()) {
      return Optional.of(Step.to(closed));
    } else if (key.is(Kind.ENTER)) {
      String line = typing.line().text().strip();
      return Optional.of(
          line.isEmpty() ? Step.to(closed) : runner.run(remember(closed, line), line));
    } else if (key.is(Kind.TAB)) {
      return Optional.of(Step.to(show(state, complete(state, typing, key.shift() ? -1 : 1))));
    } else if (key.is(Kind.UP) || key.is(Kind.DOWN)) {
      return Optional.of(Step.to(show(state, recall(state, typing, key.is(Kind.UP) ? -1 : 1))));
    }
    return Optional.of(
        Step.to(typing.line().edit(key).map(l -> show(state, typing.typed(l))).orElse(state)));
  }

  private static State show(State state, Typing typing) {
    return state.put(SLOT, Optional.of(typing));
  }

  private static State remember(State state, String line) {
    return state.with(
        HISTORY,
        h -> {
          List<String> all = new ArrayList<>(h);
          all.remove(line);
          all.add(line);
          return List.copyOf(all.subList(Math.max(0, all.size() - MAX_HISTORY), all.size()));
        });
  }

  private static Typing recall(State state, Typing typing, int step) {
    List<String> history = state.get(HISTORY);
    int next = typing.historyAt() + step;
    if (next < 0 || next > history.size()) {
      return typing;
    }
    TextLine draft = typing.historyAt() == history.size() ? typing.line() : typing.draft();
    TextLine line = next == history.size() ? draft : TextLine.of(history.get(next));
    return new Typing(line, -1, line, next, draft);
  }

  // --- completion

  private List<Candidate> candidates(State state, String text) {
    List<String> words = TypedWords.forCompletion(text);
    Facts facts = Facts.of(state);
    List<String> containers = facts.containers().stream().map(c -> c.name()).toList();
    List<String> images =
        facts.images().stream()
            .flatMap(i -> i.references().stream())
            .map(Names::shortReference)
            .toList();
    List<Candidate> all = new ArrayList<>(runner.complete(words));
    all.addAll(commands.complete(words, containers, images));
    return all;
  }

  /** Writes what all candidates have in common; if that is nothing more, one after the other. */
  private Typing complete(State state, Typing typing, int step) {
    List<Candidate> found = candidates(state, typing.stem().text());
    if (found.isEmpty()) {
      return typing;
    }
    String stem = typing.stem().text();
    String last = TypedWords.forCompletion(stem).getLast();
    String head = stem.substring(0, stem.length() - rawLength(stem));
    String common = common(found);
    if (found.size() == 1) {
      return typing.typed(TextLine.of(head + Words.quoted(found.getFirst().word()) + " "));
    } else if (typing.chosen() < 0 && common.length() > last.length()) {
      return typing.typed(TextLine.of(head + Words.quoted(common)));
    }
    int next =
        typing.chosen() < 0
            ? (step > 0 ? 0 : found.size() - 1)
            : Math.floorMod(typing.chosen() + step, found.size());
    TextLine line = TextLine.of(head + Words.quoted(found.get(next).word()));
    return new Typing(line, next, typing.stem(), typing.historyAt(), typing.draft());
  }

  /** How much of the end of the line is the word that is completed, as it is typed. */
  private static int rawLength(String line) {
    if (line.isEmpty() || line.endsWith(" ")) {
      return 0;
    }
    return line.length() - 1 - line.lastIndexOf(' ');
  }

  private static String common(List<Candidate> candidates) {
    String common = candidates.getFirst().word();
    for (Candidate c : candidates) {
      int n = 0;
      while (n < common.length()
          && n < c.word().length()
          && common.charAt(n) == c.word().charAt(n)) {
        n++;
      }
      common = common.substring(0, n);
    }
    return common;
  }

  // --- the picture

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Typing typing = state.get(SLOT).orElseThrow();
    Theme theme = Theme.of(state);
    int y = area.y() + area.height() - 1;
    Rect bottom = new Rect(area.x(), y, area.width(), 1);
    canvas.fill(bottom, theme.style(Look.PLAIN));
    InputLine.draw(canvas, bottom, theme, ":", typing.line());
    int shown =
        typing.stem().isEmpty() && typing.chosen() < 0 ? 0 : candidates(canvas, state, typing, y);
    if (shown == 0) {
      lastCommand(canvas, area, state, y);
    }
  }

  private int candidates(Canvas canvas, State state, Typing typing, int bottom) {
    List<Candidate> found = candidates(state, typing.stem().text());
    int height = Math.min(Math.min(MAX_SHOWN, found.size()), bottom - 4);
    if (height <= 0) {
      return 0;
    }
    Theme theme = Theme.of(state);
    int wordWidth =
        Math.clamp(found.stream().mapToInt(c -> c.word().length()).max().orElse(0), 8, 32);
    int width = Math.min(canvas.columns(), wordWidth + 56);
    Rect box = new Rect(0, bottom - height - 2, width, height + 2);
    canvas.fill(box, theme.style(Look.PLAIN));
    canvas.box(
        box,
        found.size() == 1 ? "1 way on, tab" : found.size() + " ways on, tab",
        theme.style(Look.BORDER),
        theme.style(Look.FAINT));
    int first = TableView.firstRow(Math.max(0, typing.chosen()), found.size(), height);
    for (int i = 0; i < height; i++) {
      Candidate c = found.get(first + i);
      int row = box.y() + 1 + i;
      canvas.text(2, row, wordWidth, c.word(), theme.style(Look.STRONG));
      canvas.text(
          wordWidth + 4, row, width - wordWidth - 6, c.description(), theme.style(Look.FAINT));
      if (first + i == typing.chosen()) {
        TableView.selection(canvas, theme, new Rect(1, row, width - 2, 1));
      }
    }
    TableView.scrollMark(canvas, box, theme, first, height, found.size());
    return height;
  }

  /** Teaches: what the last action is called elsewhere. */
  private static void lastCommand(Canvas canvas, Rect area, State state, int bottom) {
    Optional<Shell.Equivalent> last = state.get(Shell.SLOT).lastCommand();
    if (last.isEmpty() || bottom < 6) {
      return;
    }
    Theme theme = Theme.of(state);
    Rect box = new Rect(area.x(), bottom - 4, area.width(), 4);
    canvas.fill(box, theme.style(Look.PLAIN));
    canvas.box(
        box, "The last action, in other words", theme.style(Look.BORDER), theme.style(Look.FAINT));
    int x = canvas.text(2, box.y() + 1, "shell   ", theme.style(Look.FAINT));
    canvas.text(x, box.y() + 1, box.width() - x - 2, last.get().commandLine(), 0);
    x = canvas.text(2, box.y() + 2, "JShell  ", theme.style(Look.FAINT));
    canvas.text(x, box.y() + 2, box.width() - x - 2, last.get().jshell(), 0);
  }
}
