package dev.containertui.tui.vt;

/** Where the next character goes and how it will look; also what DECSC saves. */
final class Cursor {
  int column;
  int row;

  /** The last column was written: the next character goes to the next row (DECAWM). */
  boolean wrapPending;

  long style = Style.PLAIN;
  boolean origin;
  Charset g0 = Charset.ASCII;
  Charset g1 = Charset.ASCII;
  boolean shiftedOut;
  private long extra; // see CellDetails

  Charset charset() {
    return shiftedOut ? g1 : g0;
  }

  long extra() {
    return extra;
  }

  int underlineColor() {
    return (int) extra;
  }

  int link() {
    return (int) (extra >>> 32);
  }

  void setUnderlineColor(int color) {
    extra = CellDetails.extra(color, link());
  }

  void setLink(int link) {
    extra = CellDetails.extra(underlineColor(), link);
  }

  /** Becomes as another is. */
  void set(Cursor other) {
    column = other.column;
    row = other.row;
    wrapPending = other.wrapPending;
    style = other.style;
    origin = other.origin;
    g0 = other.g0;
    g1 = other.g1;
    shiftedOut = other.shiftedOut;
    extra = other.extra;
  }
}
