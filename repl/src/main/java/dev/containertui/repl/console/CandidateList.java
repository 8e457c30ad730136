package dev.containertui.repl.console;

import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.ArrayList;
import java.util.List;

/** Completions as lines below the prompt. */
final class CandidateList {
  private CandidateList() {}

  /**
   * One a line with what is said of them, or in columns if nothing is.
   *
   * @param rows most lines
   */
  static List<String> lines(List<Completion> completions, Style style, int rows) {
    boolean explained = completions.stream().anyMatch(c -> !c.detail().isEmpty());
    return explained ? explained(completions, style, rows) : columns(completions, style, rows);
  }

  private static List<String> explained(List<Completion> completions, Style style, int rows) {
    int widest =
        Math.min(
            completions.stream().mapToInt(c -> SafeText.width(c.label())).max().orElse(0),
            Math.max(10, style.width() / 2));
    List<String> lines = new ArrayList<>();
    for (Completion completion : completions) {
      if (lines.size() == rows - 1 && completions.size() > rows) {
        lines.add(rest(completions.size() - lines.size(), style));
        break;
      }
      String label = SafeText.clip(completion.label(), widest, "…");
      String pad = " ".repeat(widest - SafeText.width(label) + 2);
      int room = Math.max(0, style.width() - widest - 3);
      String detail = SafeText.clip(SafeText.line(completion.detail()), room, "…");
      lines.add(
          (style.paint(Tone.NAME, label) + pad + style.paint(Tone.DIM, detail)).stripTrailing());
    }
    return lines;
  }

  private static List<String> columns(List<Completion> completions, Style style, int rows) {
    int widest = completions.stream().mapToInt(c -> SafeText.width(c.label())).max().orElse(1);
    int cell = Math.min(widest, style.width() - 1) + 2;
    int columns = Math.max(1, (style.width() + 1) / cell);
    int height = (completions.size() + columns - 1) / columns;
    boolean tooMany = height > rows;
    int shown = tooMany ? (rows - 1) * columns : completions.size();
    height = tooMany ? rows - 1 : height;
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      StringBuilder line = new StringBuilder();
      for (int at = row; at < shown; at += height) {
        String label = SafeText.clip(completions.get(at).label(), cell - 2, "…");
        line.append(label).repeat(' ', cell - SafeText.width(label));
      }
      lines.add(line.toString().stripTrailing());
    }
    if (tooMany) {
      lines.add(rest(completions.size() - shown, style));
    }
    return lines;
  }

  private static String rest(int more, Style style) {
    return style.paint(Tone.DIM, "and " + more + " more: type another letter");
  }
}
