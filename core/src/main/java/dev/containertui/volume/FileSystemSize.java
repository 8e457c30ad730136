package dev.containertui.volume;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Docker's users write how much a file system can hold: {@code 10g}, {@code 512MiB}. */
public final class FileSystemSize {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kmgt]?)(i?b)?");

  private FileSystemSize() {}

  /**
   * Reads one, in binary units.
   *
   * @return bytes, {@link Long#MAX_VALUE} for more; empty if the text is no size
   */
  public static OptionalLong parse(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int shift = matcher.group(2).isEmpty() ? 0 : 10 * ("kmgt".indexOf(matcher.group(2)) + 1);
    long number = Long.parseLong(matcher.group(1));
    return OptionalLong.of(number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift);
  }
}
