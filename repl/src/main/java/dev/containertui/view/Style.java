package dev.containertui.view;

/**
 * What a terminal can show.
 *
 * @param unicode box drawing and ellipsis characters
 * @param colour SGR escape sequences
 * @param width in cells; lines are made to fit
 */
public record Style(boolean unicode, boolean colour, int width) {
  /** For files and pipes: no colour, no boxes, no limit. */
  public static final Style PLAIN = new Style(false, false, Integer.MAX_VALUE);

  /** Puts text into a tone, if there is colour. */
  public String paint(Tone tone, String text) {
    return !colour || tone == Tone.PLAIN || text.isEmpty()
        ? text
        : "\u001b[" + tone.sgr() + "m" + text + "\u001b[0m";
  }
}
