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
  private long extra; // see Line.extra

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
    extra = Line.extra(color, link());
  }

  void setLink(int link) {
    extra = Line.extra(underlineColor(), link);
  }

  Cursor copy() {
    Cursor copy = new Cursor();
    copy.column = column;
    copy.row = row;
    copy.wrapPending = wrapPending;
    copy.style = style;
    copy.origin = origin;
    copy.g0 = g0;
    copy.g1 = g1;
    copy.shiftedOut = shiftedOut;
    copy.extra = extra;
    return copy;
  }
}
