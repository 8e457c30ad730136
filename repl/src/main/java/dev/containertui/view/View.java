package dev.containertui.view;

/** Something laid out for a person: a table, a tree, a chart, or lines. */
@FunctionalInterface
public interface View {
  /**
   * The view as one or more lines, without a line end behind the last. Safe to print on a terminal.
   *
   * @param style what the terminal can show
   */
  String render(Style style);

  /** Lines of text; control characters become visible. */
  static View text(String text) {
    String safe = SafeText.block(text.stripTrailing());
    return style -> safe;
  }

  /** Text in a tone; control characters become visible. */
  static View text(Tone tone, String text) {
    String safe = SafeText.block(text.stripTrailing());
    return style -> style.paint(tone, safe);
  }

  /** Views below one another; those without text take no line. */
  static View stack(View... views) {
    return style -> {
      StringBuilder shown = new StringBuilder();
      for (View view : views) {
        String part = view.render(style);
        if (!part.isEmpty()) {
          shown.append(shown.isEmpty() ? "" : "\n").append(part);
        }
      }
      return shown.toString();
    };
  }
}
