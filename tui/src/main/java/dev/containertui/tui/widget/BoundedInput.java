package dev.containertui.tui.widget;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that an expression may look at so often and no more. Expressions are typed by the user,
 * one key after the other, and tried on what guests write: one that backtracks without end, or
 * deeper than the stack, must not stop the screen.
 */
public final class BoundedInput implements CharSequence {
  /** A few looks at each character of the longest line that is kept. */
  private static final int MAX_LOOKS = 40_000;

  private final String text;
  private int looks = MAX_LOOKS;

  private BoundedInput(String text) {
    this.text = text;
  }

  private static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooSlow() {
      super(null, null, false, false);
    }
  }

  /** What is done with a matcher. */
  @FunctionalInterface
  public interface Use<T> {
    T of(Matcher matcher);
  }

  /** What {@code use} makes of the matches; {@code otherwise} if finding them takes too long. */
  public static <T> T match(Pattern pattern, String text, Use<T> use, T otherwise) {
    try {
      return use.of(pattern.matcher(new BoundedInput(text)));
    } catch (TooSlow | StackOverflowError e) {
      return otherwise;
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--looks < 0) {
      throw new TooSlow();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
