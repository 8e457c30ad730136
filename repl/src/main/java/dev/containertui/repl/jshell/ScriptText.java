package dev.containertui.repl.jshell;

/**
 * A source with a name, whose offsets can be told to a person as line and column and be shown.
 *
 * @param name as it is to appear in messages
 */
public record ScriptText(String name, String text) {

  /** The same source with a first line that begins with {@code #!} blanked out, lengths kept. */
  public ScriptText withoutShebang() {
    if (!text.startsWith("#!")) {
      return this;
    }
    int end = text.indexOf('\n');
    int length = end < 0 ? text.length() : end;
    return new ScriptText(name, " ".repeat(length) + text.substring(length));
  }

  /** Line of an offset, from 1. */
  public int line(int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** Column of an offset, from 1, in characters. */
  public int column(int offset) {
    return offset - lineStart(offset) + 1;
  }

  /** Offset of the first character of the line that is {@code lines} below that of an offset. */
  public int lineBelow(int offset, int lines) {
    int start = lineStart(offset);
    for (int i = 0; i < lines; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return start;
      }
      start = end + 1;
    }
    return start;
  }

  /** {@code name:line:column}. */
  public String place(int offset) {
    return name + ":" + line(offset) + ":" + column(offset);
  }

  /**
   * The line of {@code offset}, and below it marks from {@code offset} to {@code end}, at most to
   * the end of the line, at least one.
   */
  public String pointAt(int offset, int end) {
    int start = lineStart(offset);
    int stop = text.indexOf('\n', offset);
    if (stop < 0) {
      stop = text.length();
    }
    String line = text.substring(start, stop).replaceAll("\\s+$", "");
    StringBuilder marks = new StringBuilder();
    for (char c : text.substring(start, offset).toCharArray()) {
      marks.append(c == '\t' ? '\t' : ' ');
    }
    marks.repeat('^', Math.clamp(end - offset, 1, Math.max(1, start + line.length() - offset)));
    return "  " + line + "\n  " + marks;
  }

  private int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }
}
