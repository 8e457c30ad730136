package dev.containertui.view;

/** What a piece of text means; never the only carrier of that meaning. */
public enum Tone {
  PLAIN("0"),
  DIM("2"),
  TITLE("1"),
  GOOD("32"),
  WARN("33"),
  BAD("31"),
  NAME("36");

  private final String sgr;

  Tone(String sgr) {
    this.sgr = sgr;
  }

  String sgr() {
    return sgr;
  }
}
