package dev.containertui.tui.vt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sequences in the manner of esctest and vttest, each to be written to an empty screen of 20 by 8
 * cells: every function of a VT220 and of xterm that changes what is seen, with parameters left
 * out, zero, ordinary and too large, in the middle, at the edges and within margins.
 */
final class ConformanceSequences {
  static final int COLUMNS = 20;
  static final int ROWS = 8;

  private static final String FILL = fill();

  private final Map<String, String> all = new LinkedHashMap<>();

  private ConformanceSequences() {
    movements();
    erasures();
    edits();
    scrolling();
    wrapping();
    tabs();
    saving();
    charsets();
    renditions();
    text();
  }

  /** By name; {@code \e} stands for ESC. */
  static Map<String, String> all() {
    return new ConformanceSequences().all;
  }

  private void add(String name, String sequence) {
    if (all.put(name, sequence.replace("\\e", "\u001b")) != null) {
      throw new IllegalStateException("twice: " + name);
    }
  }

  private static String fill() {
    StringBuilder fill = new StringBuilder("\\e[H");
    for (int y = 0; y < ROWS; y++) {
      String row = Character.toString('a' + y).repeat(COLUMNS - 1) + y;
      fill.append("\\e[").append(y + 1).append(";1H").append(row);
    }
    return fill.toString();
  }

  private static final List<String> COUNTS = List.of("", "0", "1", "3", "99");
  private static final List<String> PLACES = List.of("1;1", "4;8", "8;20");

  private void movements() {
    Map<String, String> moves =
        Map.of(
            "CUU", "A", "CUD", "B", "CUF", "C", "CUB", "D", "CNL", "E", "CPL", "F", "CHA", "G",
            "VPA", "d", "HPA", "`");
    moves.forEach(
        (name, letter) -> {
          for (String count : COUNTS) {
            for (String place : PLACES) {
              add(
                  name + " " + count + " at " + place,
                  "\\e[" + place + "H\\e[" + count + letter + "x");
            }
          }
        });
    for (String position : List.of("", "0;0", "3", ";5", "3;5", "99;99", "8;20")) {
      add("CUP " + position, "\\e[4;8H\\e[" + position + "Hx");
      add("HVP " + position, "\\e[4;8H\\e[" + position + "fx");
      add(
          "CUP " + position + " in origin mode",
          "\\e[3;6r\\e[?6h\\e[" + position + "Hx\\e[?6l\\e[r");
    }
    for (String count : COUNTS) {
      add("CUU " + count + " stops at the margin", "\\e[3;6r\\e[5;5H\\e[" + count + "Ax\\e[r");
      add("CUD " + count + " stops at the margin", "\\e[3;6r\\e[4;5H\\e[" + count + "Bx\\e[r");
      add("HPR " + count, "\\e[2;3H\\e[" + count + "ax");
      add("VPR " + count, "\\e[2;3H\\e[" + count + "ex");
    }
    add("BS at the left edge", "\\e[3;1H\b\bx");
    add("BS after the last column", "\\e[3;20Hx\by");
    add("CR", "abc\rx");
    add("CR after the last column", "\\e[3;20Hx\ry");
    add("LF keeps the column", "abc\nx");
    add("VT is a line feed", "abc\u000bx");
    add("FF is a line feed", "abc\fx");
    add("IND", "abc\\eDx");
    add("NEL", "abc\\eEx");
    add("RI", "\\e[3;3Habc\\eMx");
  }

  private void erasures() {
    for (String place : List.of("1;1", "4;8", "4;20", "8;20")) {
      for (String which : List.of("", "0", "1", "2")) {
        add("ED " + which + " at " + place, FILL + "\\e[" + place + "H\\e[" + which + "J");
        add("EL " + which + " at " + place, FILL + "\\e[" + place + "H\\e[" + which + "K");
      }
      for (String count : COUNTS) {
        add("ECH " + count + " at " + place, FILL + "\\e[" + place + "H\\e[" + count + "X");
      }
    }
    add("EL with a background", "\\e[44mabc\\e[K\\e[0m");
    add("ED with a background", FILL + "\\e[4;4H\\e[41m\\e[J\\e[0m");
    add("ECH with a background", FILL + "\\e[4;4H\\e[42m\\e[5X\\e[0m");
    add("EL cuts a wide character", "漢字漢字\\e[1;4H\\e[K");
    add("EL 1 cuts a wide character", "漢字漢字\\e[1;5H\\e[1K");
    add("ECH cuts wide characters", "漢字漢字\\e[1;2H\\e[2X");
  }

  private void edits() {
    for (String place : PLACES) {
      for (String count : COUNTS) {
        add("ICH " + count + " at " + place, FILL + "\\e[" + place + "H\\e[" + count + "@");
        add("DCH " + count + " at " + place, FILL + "\\e[" + place + "H\\e[" + count + "P");
        add("IL " + count + " at " + place, FILL + "\\e[" + place + "H\\e[" + count + "L");
        add("DL " + count + " at " + place, FILL + "\\e[" + place + "H\\e[" + count + "M");
      }
    }
    for (String count : COUNTS) {
      add("IL " + count + " in margins", FILL + "\\e[3;6r\\e[4;5H\\e[" + count + "L\\e[r");
      add("DL " + count + " in margins", FILL + "\\e[3;6r\\e[4;5H\\e[" + count + "M\\e[r");
      add("REP " + count, "ab\\e[" + count + "bc");
    }
    add("ICH cuts a wide character at the end", "\\e[1;19H漢\\e[1;1H\\e[@");
    add("DCH cuts a wide character", "漢字漢字\\e[1;2H\\e[P");
    add("IRM", "abcdef\\e[1;3H\\e[4hXY\\e[4l");
    add("IRM at the right edge", FILL + "\\e[2;19H\\e[4hXY\\e[4l");
    add("IRM with a wide character", "abcdef\\e[1;3H\\e[4h漢\\e[4l");
    add("REP over the end of a row", "\\e[2;18Hx\\e[5b");
  }

  private void scrolling() {
    for (String count : COUNTS) {
      add("SU " + count, FILL + "\\e[" + count + "S");
      add("SD " + count, FILL + "\\e[" + count + "T");
      add("SU " + count + " in margins", FILL + "\\e[3;6r\\e[" + count + "S\\e[r");
      add("SD " + count + " in margins", FILL + "\\e[3;6r\\e[" + count + "T\\e[r");
    }
    add("LF at the bottom", FILL + "\nx");
    add("LF at the lower margin", FILL + "\\e[3;6r\\e[6;4H\nx\\e[r");
    add("LF below the margins", FILL + "\\e[3;6r\\e[8;4H\nx\\e[r");
    add("RI at the top", FILL + "\\e[1;4H\\eMx");
    add("RI at the upper margin", FILL + "\\e[3;6r\\e[3;4H\\eMx\\e[r");
    add("RI above the margins", FILL + "\\e[3;6r\\e[1;4H\\eMx\\e[r");
    add("NEL at the lower margin", FILL + "\\e[3;6r\\e[6;4H\\eEx\\e[r");
    add("DECSTBM homes", FILL + "\\e[4;4H\\e[3;6rx\\e[r");
    add("DECSTBM upside down is ignored", FILL + "\\e[4;4H\\e[6;3rx");
    add("DECSTBM of one row is ignored", FILL + "\\e[4;4H\\e[3;3rx");
    add("DECSTBM too large", FILL + "\\e[3;99r\\e[8;4H\nx\\e[r");
    add("scrolling with a background", FILL + "\\e[45m\\e[2S\\e[0m");
    add("text that runs over the lower margin", "\\e[3;5r\\e[5;18Habcdefgh\\e[r");
  }

  private void wrapping() {
    add("a full row", "x".repeat(20));
    add("one more than a full row", "x".repeat(20) + "y");
    add("no DECAWM", "\\e[?7l" + "x".repeat(20) + "yz\\e[?7h");
    add("CUF after the last column", "\\e[2;20Hx\\e[Cy");
    add("CUB after the last column", "\\e[2;20Hx\\e[Dy");
    add("EL after the last column", "\\e[2;20Hx\\e[Ky");
    add("a wide character that does not fit", "x".repeat(19) + "漢y");
    add("a wide character that just fits", "x".repeat(18) + "漢y");
    add("a wide character without DECAWM", "\\e[?7l" + "x".repeat(19) + "漢y\\e[?7h");
    add("wrapping at the bottom", "\\e[8;18Habcdef");
  }

  private void tabs() {
    add("HT", "a\tb\tc\td");
    add("HT at the right edge", "\\e[1;19H\tx");
    add("HTS", "\\e[3g\\e[1;5H\\eH\\e[1;9H\\eH\r\tx\ty\tz");
    add("TBC here", "\\e[1;9H\\e[g\r\tx");
    add("TBC all", "\\e[3g\r\tx");
    for (String count : COUNTS) {
      add("CBT " + count, "\\e[1;20H\\e[" + count + "Zx");
    }
    add("HT over text", "abcdefghijkl\r\tx");
  }

  private void saving() {
    add("DECSC", "\\e[3;4H\\e[1m\\e7\\e[H\\e[0mx\\e8y");
    add("DECRC without DECSC", "\\e[3;4H\\e8x");
    add("SCOSC", "\\e[3;4H\\e[s\\e[Hx\\e[uy");
    add("the alternate screen", FILL + "\\e[?1049hother\\e[?1049lx");
    add("on the alternate screen", FILL + "\\e[?1049hother");
    add("1047", FILL + "\\e[?1047hother\\e[?1047lx");
    add("DECSTR", "\\e[1;31m\\e[3;6r\\e[!px");
    add("RIS", FILL + "\\e[1;31m\\e[3;6r\\ecx");
    add("DECALN", "\\e#8");
    add("DECALN homes", "\\e[4;4H\\e#8x");
  }

  private void charsets() {
    add("line drawing", "\\e(0`afgjklmnopqrstuvwxyz{|}~\\e(B");
    add("line drawing by SO", "\\e)0abc\u000elqk\u000fabc");
    add("line drawing is saved", "\\e(0\\e7\\e(Bq\\e8q\\e(B");
    add("back to ASCII", "\\e(0q\\e(Bq");
  }

  private void renditions() {
    for (String code :
        List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "7",
            "8",
            "9",
            "1;2",
            "1;22",
            "3;23",
            "4;24",
            "7;27",
            "9;29",
            "31",
            "42",
            "97",
            "107",
            "31;39",
            "42;49",
            "38;5;123",
            "48;5;200",
            "38;2;1;2;3",
            "48;2;4;5;6",
            "38:5:123",
            "48:5:200",
            "38:2::1:2:3",
            "1;31;0",
            "1;31;",
            "",
            "4:3",
            "4:2",
            "4:4",
            "4:5",
            "4:0",
            "21",
            "53",
            "53;55",
            "38;5",
            "38;2;1;2",
            "38;5;300;1",
            "999",
            "1;;3")) {
      add("SGR " + code, "a\\e[" + code + "mb\\e[0mc");
    }
  }

  private void text() {
    add("combining marks", "e\u0301a\u0308o\u0302");
    add("a mark at the start", "\u0301x");
    add("a mark on a wide character", "漢\u0301x");
    add("Hangul", "한글");
    add("emoji", "😀x");
    add("full width", "ｆｕｌｌx");
    add("half over wide", "漢字\\e[1;2Hx");
    add("wide over half of a wide one", "漢字\\e[1;2H語");
    add("NUL and DEL are nothing", "a\u0000b\u007fc");
    add("CAN ends a sequence", "a\\e[3\u0018b");
    add("SUB ends a sequence", "a\\e[3\u001ab");
    add("ESC ends a sequence", "a\\e[3\\e[1mb\\e[0m");
    add("a control within a sequence", "abc\\e[2\rAx");
    add("unknown CSI", "a\\e[?9999hb\\e[5;6yc\\e[>1;2;3zd");
    add("a DCS string is nothing", "a\\eP1;2|text\\e\\b");
    add("an OSC string is nothing", "a\\e]999;text\u0007b");
    add("an APC string is nothing", "a\\e_text\\e\\b");
    add("a PM string is nothing", "a\\e^text\\e\\b");
    add("the replacement character", "a\ufffdb");
    add("NBSP", "a\u00a0b");
    add("box drawing", "┌─┐│└┘");
  }

  /** The names, for a table. */
  static List<String> names() {
    return new ArrayList<>(all().keySet());
  }
}
