package dev.containertui.tui.vt;

import java.util.ArrayDeque;
import java.util.Deque;

/** The title that a guest gives its terminal, and the stack that programs keep the old one on. */
final class Titles {
  static final int MAX_LENGTH = 256; // in char; a pair at the end may make it one more
  private static final int MAX_STACK = 10;

  private final Deque<String> stack = new ArrayDeque<>();
  private String title = "";

  String title() {
    return title;
  }

  /** Takes a title without what is invisible or steers a terminal, and not too long. */
  void set(String text) {
    StringBuilder clean = new StringBuilder();
    for (int i = 0; i < text.length() && clean.length() < MAX_LENGTH; ) {
      int c = text.codePointAt(i);
      int type = Character.getType(c);
      if (!Character.isISOControl(c)
          && type != Character.FORMAT
          && type != Character.SURROGATE
          && type != Character.LINE_SEPARATOR
          && type != Character.PARAGRAPH_SEPARATOR) {
        clean.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    title = clean.toString();
  }

  void push() {
    if (stack.size() == MAX_STACK) {
      stack.removeLast();
    }
    stack.push(title);
  }

  void pop() {
    if (!stack.isEmpty()) {
      title = stack.pop();
    }
  }

  void reset() {
    stack.clear();
    title = "";
  }
}
