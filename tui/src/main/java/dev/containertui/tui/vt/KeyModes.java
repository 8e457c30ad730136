package dev.containertui.tui.vt;

/**
 * The modes that change what keys send.
 *
 * @param applicationCursor DECCKM: cursor keys send {@code ESC O}
 * @param applicationKeypad DECKPAM
 * @param bracketedPaste pasted text is marked
 * @param newLine the return key sends CR LF
 */
public record KeyModes(
    boolean applicationCursor, boolean applicationKeypad, boolean bracketedPaste, boolean newLine) {
  public static final KeyModes DEFAULT = new KeyModes(false, false, false, false);
}
