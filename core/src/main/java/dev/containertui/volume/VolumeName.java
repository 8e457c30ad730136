package dev.containertui.volume;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of volumes, by Docker's rule; they are names of directories, too. */
public final class VolumeName {
  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,199}");
  private static final int SHOWN = 60;

  private VolumeName() {}

  /**
   * @throws EngineException INVALID
   */
  public static String checked(String name) {
    if (!ALLOWED.matcher(name).matches()) {
      throw new EngineException(
          Kind.INVALID,
          "not a name of a volume: " + ForeignText.brief(name, SHOWN),
          "use 2 to 200 letters, digits, _, . and -, beginning with a letter or a digit");
    }
    return name;
  }

  static boolean isAllowed(String name) {
    return ALLOWED.matcher(name).matches();
  }

  /** 64 hexadecimal digits that nobody had before. */
  public static String anonymous() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
