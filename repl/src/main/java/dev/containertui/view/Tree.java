package dev.containertui.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Things that contain others, each on a line of its own below the one that contains it.
 *
 * @param label of this node
 * @param note behind it, dim; may be empty
 */
public record Tree(Cell label, String note, List<Tree> children) implements View {
  public Tree {
    note = SafeText.line(note);
    children = List.copyOf(children);
  }

  @Override
  public String render(Style style) {
    List<String> lines = new ArrayList<>();
    add(lines, style, "", "");
    return String.join("\n", lines);
  }

  private void add(List<String> lines, Style style, String own, String below) {
    int room = Math.max(1, style.width() - SafeText.width(own));
    String text = SafeText.clip(label.text(), room, style.unicode() ? "…" : "~");
    int left = room - SafeText.width(text) - 2;
    String rest = note.isEmpty() || left < 4 ? "" : "  " + SafeText.clip(note, left, "");
    lines.add(
        style.paint(Tone.DIM, own) + style.paint(label.tone(), text) + style.paint(Tone.DIM, rest));
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      String branch = style.unicode() ? (last ? "└─ " : "├─ ") : (last ? "`- " : "|- ");
      String trunk = last ? "   " : style.unicode() ? "│  " : "|  ";
      children.get(i).add(lines, style, below + branch, below + trunk);
    }
  }
}
