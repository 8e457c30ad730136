package dev.containertui.tui.vt;

/**
 * How a cell looks, packed into a {@code long} so that a grid is two flat arrays.
 *
 * <pre>
 *   63        52 51 50 49      26 25 24 23       0
 *   ┌───────────┬─────┬──────────┬─────┬──────────┐
 *   │   flags   │kind │background│kind │foreground│
 *   └───────────┴─────┴──────────┴─────┴──────────┘
 * </pre>
 *
 * <p>A colour is an {@code int} of 26 bits: kind (0 the terminal's default, 1 palette index 0–255,
 * 2 red-green-blue) above a 24 bit value. The style 0 is default colours and no flag.
 */
public final class Style {
  public static final long PLAIN = 0;

  public static final long BOLD = 1L << 52;
  public static final long DIM = 1L << 53;
  public static final long ITALIC = 1L << 54;
  public static final long UNDERLINE = 1L << 55;
  public static final long BLINK = 1L << 56;
  public static final long INVERSE = 1L << 57;
  public static final long HIDDEN = 1L << 58;
  public static final long STRIKE = 1L << 59;

  /** With {@link #UNDERLINE}: the kind, 0 for a single line; see {@link Underline}. */
  private static final int UNDERLINE_SHIFT = 60;

  private static final long UNDERLINE_KIND = 7L << UNDERLINE_SHIFT;

  public static final long OVERLINE = 1L << 63;

  /** All flag bits. */
  public static final long FLAGS = 0xfffL << 52;

  public static final int DEFAULT_COLOR = 0;

  private static final int KIND_INDEXED = 1 << 24;
  private static final int KIND_RGB = 2 << 24;
  private static final long COLOR_MASK = 0x3ffffff;
  private static final int BACKGROUND_SHIFT = 26;

  private Style() {}

  /** The colour number {@code index} of the palette, 0–255. */
  public static int indexed(int index) {
    return KIND_INDEXED | (index & 0xff);
  }

  /** A colour from its components, 0–255 each. */
  public static int rgb(int red, int green, int blue) {
    return KIND_RGB | (red & 0xff) << 16 | (green & 0xff) << 8 | (blue & 0xff);
  }

  public static boolean isIndexed(int color) {
    return (color & 0x3000000) == KIND_INDEXED;
  }

  /** Palette index, or {@code 0xrrggbb}. */
  public static int value(int color) {
    return color & 0xffffff;
  }

  public static int foreground(long style) {
    return (int) (style & COLOR_MASK);
  }

  public static int background(long style) {
    return (int) (style >>> BACKGROUND_SHIFT & COLOR_MASK);
  }

  public static long withForeground(long style, int color) {
    return style & ~COLOR_MASK | color & COLOR_MASK;
  }

  public static long withBackground(long style, int color) {
    return style & ~(COLOR_MASK << BACKGROUND_SHIFT) | (color & COLOR_MASK) << BACKGROUND_SHIFT;
  }

  public static Underline underline(long style) {
    int kind = (int) ((style & UNDERLINE_KIND) >>> UNDERLINE_SHIFT);
    return has(style, UNDERLINE) ? Underline.values()[kind + 1] : Underline.NONE;
  }

  public static long withUnderline(long style, Underline underline) {
    long without = style & ~(UNDERLINE | UNDERLINE_KIND);
    return underline == Underline.NONE
        ? without
        : without | UNDERLINE | (long) (underline.ordinal() - 1) << UNDERLINE_SHIFT;
  }

  public static boolean has(long style, long flag) {
    return (style & flag) != 0;
  }

  /** The style of erased cells: the background stays, all else goes ("background colour erase"). */
  static long erased(long style) {
    return style & COLOR_MASK << BACKGROUND_SHIFT;
  }
}
