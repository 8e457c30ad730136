package dev.containertui.error;

/**
 * What somebody else has written, on its way into a message: without what a terminal would obey,
 * and no longer than a reader can take in.
 */
public final class ForeignText {
  private ForeignText() {}

  /** The text with a mark in place of each control character. */
  public static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /**
   * The same, cut off where it goes on for too long.
   *
   * @param most how many characters are shown
   */
  public static String brief(String text, int most) {
    String clean = clean(text);
    return clean.length() <= most ? clean : clean.substring(0, most) + "…";
  }
}
