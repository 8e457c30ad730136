package dev.containertui.repl.slash;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant who typed another. */
public final class Nearest {
  private Nearest() {}

  /** The name that is at most a third of its letters away; empty if none is. */
  public static Optional<String> to(String typed, Collection<String> names) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> !name.equals(typed))
        .filter(
            name ->
                distance(wanted, name) <= Math.max(1, Math.min(name.length(), wanted.length()) / 3))
        .min(
            Comparator.<String>comparingInt(name -> distance(wanted, name))
                .thenComparing(name -> name));
  }

  /** Letters to insert, remove, replace or swap with their neighbour. */
  static int distance(String typed, String name) {
    String b = name.toLowerCase(Locale.ROOT);
    int[][] cost = new int[typed.length() + 1][b.length() + 1];
    for (int i = 0; i <= typed.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = typed.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && typed.charAt(i - 1) == b.charAt(j - 2)
            && typed.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[typed.length()][b.length()];
  }
}
