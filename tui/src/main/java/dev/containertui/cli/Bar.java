package dev.containertui.cli;

/** A progress bar as text: {@code [======> ]}. */
final class Bar {
  private Bar() {}

  /** {@code width} counts the brackets; unknown totals give an empty bar. */
  static String of(long done, long total, int width) {
    int inner = Math.max(1, width - 2);
    int filled = total <= 0 ? 0 : (int) Math.min(inner, (double) done / total * inner);
    StringBuilder bar = new StringBuilder("[").repeat('=', filled);
    if (filled > 0 && filled < inner) {
      bar.setCharAt(filled, '>');
    }
    return bar.repeat(' ', inner - filled).append(']').toString();
  }
}
