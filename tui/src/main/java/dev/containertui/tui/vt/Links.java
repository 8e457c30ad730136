package dev.containertui.tui.vt;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The links that a guest wrote (OSC 8). Cells have a link's number; the last {@link #MAX_LINKS} are
 * remembered, a cell with an older one has none any more.
 */
final class Links {
  static final int MAX_LINKS = 512;

  /** The longest address, as in other terminals. */
  static final int MAX_LENGTH = 2083;

  private final String[] addresses = new String[MAX_LINKS];
  private final Map<String, Integer> numbers = new HashMap<>();
  private int last;

  /** The number of a link; 0, no link, if the address is none that may be opened. */
  int number(String address) {
    if (!isSafe(address)) {
      return 0;
    }
    Integer known = numbers.get(address);
    if (known != null) {
      return known;
    }
    last = last == Integer.MAX_VALUE ? 1 : last + 1;
    int slot = last % MAX_LINKS;
    if (addresses[slot] != null) {
      numbers.remove(addresses[slot]);
    }
    addresses[slot] = address;
    numbers.put(address, last);
    return last;
  }

  /** The address of a link; empty if there is none or it is forgotten. */
  String address(int number) {
    String address = number <= 0 ? null : addresses[number % MAX_LINKS];
    return address != null && numbers.get(address) == number ? address : "";
  }

  /** Addresses of the web and of mail; those of files would be the guest's files on the host. */
  private static boolean isSafe(String address) {
    String start = address.substring(0, Math.min(8, address.length())).toLowerCase(Locale.ROOT);
    boolean known =
        start.startsWith("http://") || start.startsWith("https://") || start.startsWith("mailto:");
    return known
        && address.length() <= MAX_LENGTH
        && address.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
