package dev.containertui.tui.vt;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What OSC strings do: titles, links, the clipboard. Colours (4, 10, 11, …) are the user's: they
 * are neither changed nor told, and so are all other commands.
 */
final class OperatingSystemCommands {
  /** The longest text for the clipboard; the string that brings it is a third longer. */
  static final int MAX_CLIPBOARD = 56_000;

  final Titles titles = new Titles();
  final Links links = new Links();
  private final TerminalHost host;

  OperatingSystemCommands(TerminalHost host) {
    this.host = host;
  }

  void execute(String text, Cursor cursor) {
    int semicolon = text.indexOf(';');
    if (semicolon < 0) {
      return;
    }
    String rest = text.substring(semicolon + 1);
    switch (text.substring(0, semicolon)) {
      case "0", "2" -> titles.set(rest);
      case "8" -> link(rest, cursor);
      case "52" -> clipboard(rest);
      default -> {}
    }
  }

  /** {@code parameters ; address}; an empty address ends the link. */
  private void link(String text, Cursor cursor) {
    int semicolon = text.indexOf(';');
    if (semicolon >= 0) {
      cursor.setLink(links.number(text.substring(semicolon + 1)));
    }
  }

  /** {@code selections ; base64}; with {@code ?} it is a question, which gets no answer. */
  private void clipboard(String text) {
    String data = text.substring(text.indexOf(';') + 1);
    try {
      byte[] bytes = Base64.getDecoder().decode(data);
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String clean =
          decoded
              .codePoints()
              .filter(c -> c == '\t' || c == '\n' || !Character.isISOControl(c))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      if (!clean.isEmpty() && clean.length() <= MAX_CLIPBOARD) {
        host.clipboard(clean);
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // Not base64, or not text: nothing that could be put on a clipboard.
    }
  }
}
