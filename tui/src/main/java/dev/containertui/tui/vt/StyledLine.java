package dev.containertui.tui.vt;

import dev.containertui.view.SafeText;
import java.util.Arrays;

/**
 * A line of text that may be shown as it is: no controls, nothing without width.
 *
 * @param text each of its code points takes one or two cells
 * @param starts where a style begins, ascending indices of {@code text}; before the first it is
 *     plain. Not to be changed
 * @param styles a {@link Style} for each start. Not to be changed
 */
public record StyledLine(String text, int[] starts, long[] styles) {
  private static final int[] NOWHERE = {};
  private static final long[] NOTHING = {};

  /**
   * A line in one style. Controls and marks that turn the order of text round become {@code ·}, and
   * what else has no width goes.
   */
  public static StyledLine of(String text, long style) {
    String clean = clean(text);
    return style == Style.PLAIN
        ? new StyledLine(clean, NOWHERE, NOTHING)
        : new StyledLine(clean, new int[] {0}, new long[] {style});
  }

  public static StyledLine plain(String text) {
    return of(text, Style.PLAIN);
  }

  /** How the character at an index looks. */
  public long styleAt(int index) {
    int found = Arrays.binarySearch(starts, index);
    int span = found >= 0 ? found : -found - 2;
    return span < 0 ? Style.PLAIN : styles[span];
  }

  /** Memory that it takes, about, in bytes. */
  public int weight() {
    return 64 + text.length() + 12 * starts.length;
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (SafeText.isHidden(c) || !Character.isDefined(c)) {
                clean.append(c == '\t' ? "        ".substring(clean.length() % 8) : "·");
              } else if (CharWidth.of(c) > 0 && (c < 0xd800 || c > 0xdfff)) {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }
}
