package dev.containertui.tui.terminal;

import com.googlecode.lanterna.TerminalTextUtils;
import java.util.HashMap;
import java.util.Map;

/**
 * Lanterna takes every character of more than one {@code char} for two cells wide, and knows few
 * wide ones. Where its opinion differs from ours, it is given a stand-in from the private use area
 * that it counts right, and the real text is put back when bytes are written.
 */
final class GlyphTokens {
  private static final char FIRST = '\ue000';
  private static final char LAST = '\uf8fe';

  /** Appended to a stand-in for two cells: Lanterna counts two {@code char}s as wide. */
  private static final char WIDE = '\ufe0f';

  private final Map<String, String> tokens = new HashMap<>();
  private final Map<Character, String> texts = new HashMap<>();

  private boolean overflowed;

  /** Whether stand-ins have run out: then all must be reset and painted anew. */
  boolean hasOverflowed() {
    return overflowed;
  }

  void reset() {
    overflowed = false;
    tokens.clear();
    texts.clear();
  }

  /** What to hand to Lanterna for a text of {@code cells} cells. */
  String token(String text, int cells) {
    if (text.length() == 1) {
      char c = text.charAt(0);
      boolean privateUse = c >= FIRST && c <= '\uf8ff';
      boolean theirs = TerminalTextUtils.isCharDoubleWidth(c);
      if (c < 0x2000 && cells == 1 && !theirs || !privateUse && theirs == (cells == 2)) {
        return text;
      }
    }
    String known = tokens.get(text);
    return known == null ? newToken(text, cells) : known;
  }

  private String newToken(String text, int cells) {
    if (texts.size() > LAST - FIRST) {
      overflowed = true;
      return cells == 2 ? "??" : "?";
    }
    char stand = (char) (FIRST + texts.size());
    String token = cells == 2 ? "" + stand + WIDE : "" + stand;
    texts.put(stand, text);
    tokens.put(text, token);
    return token;
  }

  /** The cells that what {@link #token} gave, or Lanterna kept of it, stands for. */
  static int cells(String token) {
    return token.length() > 1 || TerminalTextUtils.isCharDoubleWidth(token.charAt(0)) ? 2 : 1;
  }

  /** What to write for what Lanterna gives back. */
  String text(String token) {
    char first = token.charAt(0);
    return first >= FIRST && first <= LAST ? texts.getOrDefault(first, "?") : token;
  }
}
