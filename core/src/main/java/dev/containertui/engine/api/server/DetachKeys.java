package dev.containertui.engine.api.server;

import dev.containertui.engine.api.http.Failure;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys that let go of a terminal: {@code ctrl-p,ctrl-q} unless the client says otherwise. Feed
 * it what is typed; keys that may be the beginning of the sequence are held back until it is known
 * that they are not.
 */
final class DetachKeys {
  private static final String DEFAULT = "ctrl-p,ctrl-q";
  private static final int MAX_KEYS = 16;

  private final byte[] keys;
  private int matched;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  /**
   * @param text keys joined by commas: single characters, or {@code ctrl-} with a letter or one of
   *     {@code @ [ \ ] ^ _}
   * @throws Failure 400
   */
  static DetachKeys parse(Optional<String> text) {
    String[] names = text.orElse(DEFAULT).split(",", -1);
    if (names.length > MAX_KEYS) {
      throw new Failure(400, "more than " + MAX_KEYS + " detach keys");
    }
    byte[] keys = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = key(names[i]);
    }
    return new DetachKeys(keys);
  }

  private static byte key(String name) {
    if (name.length() == 1 && name.charAt(0) < 0x80) {
      return (byte) name.charAt(0);
    }
    if (name.length() == 6 && name.startsWith("ctrl-")) {
      char letter = name.charAt(5);
      if (letter >= 'a' && letter <= 'z') {
        return (byte) (letter - 'a' + 1);
      }
      if (letter == '@' || letter >= '[' && letter <= '_') {
        return (byte) (letter - '@');
      }
    }
    throw new Failure(400, "Unknown character: '" + name + "'");
  }

  /**
   * What has been typed, and what of it goes on.
   *
   * @param bytes for the process
   * @param detached whether the sequence is complete; nothing after it counts
   */
  record Typed(byte[] bytes, boolean detached) {}

  Typed feed(byte[] input, int length) {
    byte[] passed = new byte[length + keys.length];
    int count = 0;
    for (int i = 0; i < length; i++) {
      byte b = input[i];
      if (b == keys[matched]) {
        if (++matched == keys.length) {
          return new Typed(Arrays.copyOf(passed, count), true);
        }
        continue;
      }
      System.arraycopy(keys, 0, passed, count, matched);
      count += matched;
      matched = 0;
      if (b == keys[0] && keys.length > 1) {
        matched = 1;
      } else {
        passed[count++] = b;
      }
    }
    return new Typed(Arrays.copyOf(passed, count), false);
  }

  /** What was held back when the input has ended. */
  byte[] rest() {
    return Arrays.copyOf(keys, matched);
  }
}
