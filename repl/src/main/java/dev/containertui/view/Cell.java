package dev.containertui.view;

/** Text in a table; one line. */
public record Cell(String text, Tone tone) {
  public Cell {
    text = SafeText.line(text);
  }

  public static Cell of(String text) {
    return new Cell(text, Tone.PLAIN);
  }

  public static Cell dim(String text) {
    return new Cell(text, Tone.DIM);
  }
}
