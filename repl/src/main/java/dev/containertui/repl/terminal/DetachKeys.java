package dev.containertui.repl.terminal;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The keys that let go of a container. Docker's syntax: keys joined by commas, each of them one
 * character or {@code ctrl-} and one of {@code a}–{@code z @ [ \ ] ^ _}.
 */
public final class DetachKeys {
  public static final String DEFAULT = "ctrl-p,ctrl-q";
  private static final int DEL = 0x7f;

  private final byte[] keys;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  /**
   * Understands the user's words; empty ones mean {@link #DEFAULT}.
   *
   * @throws EngineException INVALID
   */
  public static DetachKeys parse(String text) {
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    for (String key : (text.isEmpty() ? DEFAULT : text).split(",", -1)) {
      keys.write(code(key, text));
    }
    return new DetachKeys(keys.toByteArray());
  }

  private static int code(String key, String text) {
    if (key.length() == 1 && key.charAt(0) < DEL) {
      return key.charAt(0);
    }
    if (key.equals("DEL")) {
      return DEL;
    }
    if (key.length() == 6 && key.startsWith("ctrl-")) {
      char control = key.charAt(5);
      if (control >= 'a' && control <= 'z') {
        return control - 'a' + 1;
      }
      if (control == '@') {
        return 0;
      }
      if (control >= '[' && control <= '_') {
        return control - '[' + 27;
      }
    }
    throw new EngineException(
        Kind.INVALID,
        "invalid detach keys: " + text,
        "write single characters and ctrl-a to ctrl-z, joined by commas, for example " + DEFAULT);
  }

  /** Looks out for the keys in a stream of bytes. */
  public Scanner scanner() {
    return new Scanner();
  }

  /** Holds back the first keys of the sequence until it is clear what they are. */
  public final class Scanner {
    private int matched;

    /**
     * Takes bytes in, and gives those out that are not, and cannot become, the sequence.
     *
     * @return whether the sequence is complete; what came after it is dropped
     */
    public boolean scan(byte[] bytes, int length, ByteArrayOutputStream out) {
      for (int i = 0; i < length; i++) {
        while (matched > 0 && bytes[i] != keys[matched]) {
          int kept = longestBorder(matched);
          out.write(keys, 0, matched - kept);
          matched = kept;
        }
        if (bytes[i] == keys[matched]) {
          matched++;
          if (matched == keys.length) {
            return true;
          }
        } else {
          out.write(bytes[i]);
        }
      }
      return false;
    }

    /** How many of the last of {@code length} matched keys could be the first of a new match. */
    private int longestBorder(int length) {
      for (int border = length - 1; border > 0; border--) {
        if (Arrays.equals(keys, 0, border, keys, length - border, length)) {
          return border;
        }
      }
      return 0;
    }
  }
}
