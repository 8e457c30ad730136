package dev.containertui.repl.jshell;

/**
 * A stretch of a source.
 *
 * @param source that it is in
 * @param start offset of its first character
 * @param end offset after its last character; at least {@code start + 1}, but a mark under it ends
 *     with the line
 */
public record Place(ScriptText source, int start, int end) {
  public Place {
    start = Math.clamp(start, 0, source.text().length());
    end = Math.max(end, start + 1);
  }

  /** A single character. */
  public static Place at(ScriptText source, int offset) {
    return new Place(source, offset, offset + 1);
  }

  /** From 1. */
  public int line() {
    return source.line(start);
  }

  /** From 1, in characters. */
  public int column() {
    return source.column(start);
  }

  /** The line itself and below it marks under this stretch of it; both indented by two. */
  public String marked() {
    return source.pointAt(start, end);
  }

  /** {@code name:line:column}, or {@code line 3} of a source without a name. */
  @Override
  public String toString() {
    return source.name().isEmpty() ? "line " + line() : source.place(start);
  }
}
