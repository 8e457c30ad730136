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

  /** Whether all stand-ins are taken: then everything must be painted anew after a reset. */
  boolean isFull() {
    return texts.size() > LAST - FIRST - 1;
  }

  void reset() {
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
    return tokens.computeIfAbsent(text, t -> newToken(t, cells));
  }

  private String newToken(String text, int cells) {
    if (isFull()) {
      return cells == 2 ? "??" : "?";
    }
    char stand = (char) (FIRST + texts.size());
    texts.put(stand, text);
    return cells == 2 ? "" + stand + WIDE : "" + stand;
  }

  /** What to write for what Lanterna gives back. */
  String text(String token) {
    char first = token.charAt(0);
    return first >= FIRST && first <= LAST ? texts.getOrDefault(first, "?") : token;
  }
}
