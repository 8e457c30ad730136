package dev.containertui.tui.vt;

/** The kinds of underline, in the order of their numbers in {@code SGR 4:n}. */
public enum Underline {
  NONE,
  SINGLE,
  DOUBLE,
  CURLY,
  DOTTED,
  DASHED
}
