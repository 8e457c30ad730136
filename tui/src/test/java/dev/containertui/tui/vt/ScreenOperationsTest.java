package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What each operation makes of a screen of 10 columns and 4 rows. */
class ScreenOperationsTest {
  /** Bytes in; rows and cursor out. */
  private record Case(String name, String input, String screen, String cursor) {}

  private static final List<Case> CASES =
      List.of(
          // erasing
          new Case("ED 0 keeps what is left of the cursor", "hello\\e[3G\\e[J", "he", "2,0"),
          new Case("ED 1 keeps what is right of the cursor", "hello\\e[3G\\e[1J", "   lo", "2,0"),
          new Case("ED 2 leaves the cursor", "ab\r\ncd\\e[2J", "", "2,1"),
          new Case("ECH 1 erases one cell", "abc\\e[2G\\e[X", "a c", "1,0"),
          new Case("ECH stops at the edge", "abcdefghij\\e[9G\\e[99X", "abcdefgh", "8,0"),
          new Case("EL in the last column erases it", "abcdefghij\\e[10G\\e[K", "abcdefghi", "9,0"),
          new Case("EL 1 includes the cursor", "abcdef\\e[3G\\e[1K", "   def", "2,0"),
          new Case("EL 2 erases the row", "abc\r\ndef\\e[2K", "abc", "3,1"),
          // cursor
          new Case("a column beyond the edge is the last", "\\e[999GX", "         X", "9,0"),
          new Case("CUP beyond the corner is the corner", "\\e[999;999HX", "|||         X", "9,3"),
          new Case("CUP counts from 1 and 0 means 1", "\\e[0;0HX", "X", "1,0"),
          new Case("CUU stops at the top", "\r\n\\e[9AX", "X", "1,0"),
          new Case("CUB stops at the left", "ab\\e[9DX", "Xb", "1,0"),
          new Case("CNL and CPL go to the first column", "ab\\e[2Ec\\e[Fd", "ab|d|c", "1,1"),
          new Case("VPA keeps the column", "ab\\e[3dX", "ab||  X", "3,2"),
          new Case("HPA, HPR and VPR", "\\e[3`a\\e[2ab\\e[ec", "  a  b|      c", "7,1"),
          new Case("BS does not erase", "ab\bX", "aX", "2,0"),
          new Case("DECSC and DECRC", "ab\\e7\\e[3;5Hx\\e8Y", "abY||    x", "3,0"),
          new Case("SCO save and restore", "ab\\e[s\\e[3;5Hx\\e[uY", "abY||    x", "3,0"),
          new Case("restore without save goes home", "\r\n ab\\e8X", "X| ab", "1,0"),
          // wrapping
          new Case("text wraps", "abcdefghijk", "abcdefghij|k", "1,1"),
          new Case("the last column waits", "abcdefghij", "abcdefghij", "9,0"),
          new Case("CR cancels the wait", "abcdefghij\rX", "Xbcdefghij", "1,0"),
          new Case("BS cancels the wait", "abcdefghij\bX", "abcdefghXj", "9,0"),
          new Case("no wrap without DECAWM", "\\e[?7labcdefghijkl", "abcdefghil", "9,0"),
          new Case("LF on a waiting cursor", "abcdefghij\nX", "abcdefghij|         X", "9,1"),
          // scrolling
          new Case("the screen scrolls", "1\r\n2\r\n3\r\n4\r\n5", "2|3|4|5", "1,3"),
          new Case("RI at the top scrolls down", "1\r\n2\\e[H\\eMX", "X|1|2", "1,0"),
          new Case("IND keeps the column", "ab\\eDc", "ab|  c", "3,1"),
          new Case("NEL goes to the first column", "ab\\eEc", "ab|c", "1,1"),
          new Case("SU by more than one", "1\r\n2\r\n3\r\n4\\e[2S", "3|4", "1,3"),
          new Case("SD", "1\r\n2\r\n3\\e[2T", "||1|2", "1,2"),
          new Case("SU by far too many", "1\r\n2\\e[99999S", "", "1,1"),
          new Case(
              "DECSTBM scrolls its region only",
              "1\r\n2\r\n3\r\n4\\e[2;3r\\e[3;1H\nX",
              "1|3|X|4",
              "1,2"),
          new Case("DECSTBM goes home", "abc\\e[2;3rX", "Xbc", "1,0"),
          new Case("an empty region is refused", "a\\e[3;2r\\e[4;1H\nX", "|||X", "1,3"),
          new Case("CUD stops at the margin", "\\e[1;2r\\e[9BX", "|X", "1,1"),
          new Case("origin mode", "\\e[2;3r\\e[?6hX\\e[9;1HY", "|X|Y", "1,2"),
          // rows and cells
          new Case("IL", "1\r\n2\r\n3\\e[2H\\e[L", "1||2|3", "0,1"),
          new Case(
              "IL drops rows at the margin",
              "1\r\n2\r\n3\r\n4\\e[1;3r\\e[2H\\e[L",
              "1||2|4",
              "0,1"),
          new Case("DL", "1\r\n2\r\n3\\e[1H\\e[2M", "3", "0,0"),
          new Case("DL outside the margins does nothing", "1\r\n2\\e[3;4r\\e[M", "1|2", "0,0"),
          new Case("ICH", "abc\\e[2G\\e[2@", "a  bc", "1,0"),
          new Case("ICH pushes over the edge", "abcdefghij\\e[1G\\e[3@", "   abcdefg", "0,0"),
          new Case("DCH", "abcdef\\e[2G\\e[3P", "aef", "1,0"),
          new Case("REP repeats the last character", "ab\\e[3b", "abbbb", "5,0"),
          new Case("REP without a character", "\\e[3b", "", "0,0"),
          new Case("insert mode", "abc\\e[1G\\e[4hX\\e[4lY", "XYbc", "2,0"),
          new Case("DECALN", "\\e#8", "EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE", "0,0"),
          new Case("REP wraps", "abcdefgh\\e[4b", "abcdefghhh|hh", "2,1"),
          new Case("REP of a wide one", "漢\\e[2b", "漢漢漢", "6,0"),
          new Case(
              "IL and DL move whole regions",
              "1\r\n2\r\n3\r\n4\\e[2;3r\\e[2H\\e[9L",
              "1|||4",
              "0,1"),
          new Case(
              "DL pulls from the margin", "1\r\n2\r\n3\r\n4\\e[2;3r\\e[2H\\e[M", "1|3||4", "0,1"),
          new Case("SD in a region", "1\r\n2\r\n3\r\n4\\e[2;3r\\e[T", "1||2|4", "0,0"),
          new Case("SU in a region", "1\r\n2\r\n3\r\n4\\e[2;3r\\e[S", "1|3||4", "0,0"),
          new Case("RI in a region", "1\r\n2\r\n3\r\n4\\e[2;3r\\e[2H\\eMX", "1|X|2|4", "1,1"),
          new Case("LF below a region stays", "1\\e[1;2r\\e[4H\n\nX", "1|||X", "1,3"),
          new Case("SD with mouse parameters is none", "1\\e[1;1;1;1;1T", "1", "1,0"),
          new Case("insert mode and the edge", "abcdefghij\\e[1G\\e[4hX", "Xabcdefghi", "1,0"),
          new Case(
              "DECALN resets the margins",
              "\\e[2;3r\\e#8\\e[4HX\n",
              "EEEEEEEEEE|EEEEEEEEEE|XEEEEEEEEE",
              "1,3"),
          new Case("origin mode and DECSC", "\\e[2;3r\\e[?6h\\e7\\e[?6l\\e[1HA\\e8B", "A|B", "1,1"),
          new Case("origin mode keeps the cursor in", "\\e[2;3r\\e[?6h\\e[99dX", "||X", "1,2"),
          new Case(
              "DECSC keeps charset and wait",
              "\\e(0abcdefghiq\\e7\\e(B\\e[H\\e8q",
              "▒␉␌␍␊°±␤␋─|─",
              "1,1"),
          // the last column
          new Case("EL on a waiting cursor", "abcdefghij\\e[KX", "abcdefghiX", "9,0"),
          new Case("SGR keeps the wait", "abcdefghij\\e[1mX", "abcdefghij|X", "1,1"),
          new Case("CUF ends the wait", "abcdefghij\\e[CX", "abcdefghiX", "9,0"),
          new Case("a tab ends the wait", "abcdefghij\tX", "abcdefghiX", "9,0"),
          new Case(
              "DECAWM may be set while it waits",
              "\\e[?7labcdefghijk\\e[?7hX",
              "abcdefghik|X",
              "1,1"),
          // tabs
          new Case("tab stops every eight", "a\tb", "a       b", "9,0"),
          new Case("HTS and TBC", "\\e[3g\\e[4G\\eH\r\tX", "   X", "4,0"),
          new Case("CBT", "abcdefghi\\e[ZX", "abcdefghX", "9,0"),
          new Case("CHT stops at the edge", "\\e[9IX", "         X", "9,0"),
          // wide and combining characters
          new Case("wide characters take two cells", "漢字x", "漢字x", "5,0"),
          new Case("emoji take two cells", "😀x", "😀x", "3,0"),
          new Case("a wide one that does not fit wraps", "abcdefghi漢", "abcdefghi|漢", "2,1"),
          new Case("combining marks join", "e\u0301x", "e\u0301x", "2,0"),
          new Case("marks join wide characters", "漢\u0301x", "漢\u0301x", "3,0"),
          new Case("marks join in the last column", "abcdefghie\u0301", "abcdefghie\u0301", "9,0"),
          new Case("a mark without a base is dropped", "\u0301x", "x", "1,0"),
          new Case("direction marks are dropped", "a\u202eb", "ab", "2,0"),
          new Case("writing on a wide one's tail empties it", "漢x\\e[2GY", " Yx", "2,0"),
          new Case("writing on a wide one's head empties it", "漢x\\e[1GY", "Y x", "1,0"),
          new Case("DCH through a wide one", "a漢b\\e[2G\\e[P", "a b", "1,0"),
          // character sets
          new Case("line drawing", "\\e(0lqk\\e(Bq", "┌─┐q", "4,0"),
          new Case("shift out to G1", "\\e)0\u000eq\u000fq", "─q", "2,0"),
          new Case("the British set", "\\e(A#\\e(B#", "£#", "2,0"),
          new Case("shapes of the cursor print nothing", "a\\e[3 qb", "ab", "2,0"),
          new Case("G2 and G3 are not there", "\\e*0\\e+0\\eNq", "q", "1,0"),
          // the alternate screen
          new Case("47 finds its screen again", "\\e[?47h\\e[HX\\e[?47l\\e[?47h", "X", "1,0"),
          new Case("1047 leaves it empty", "\\e[?1047hX\\e[?1047l\\e[?47h", "", "1,0"),
          new Case(
              "a saved cursor for each screen",
              "ab\\e7\\e[?47h\\e[3;3H\\e7\\e[?47l\\e8X",
              "abX",
              "3,0"),
          new Case("1049 keeps the main screen", "ab\\e[?1049hXYZ\\e[?1049lc", "abc", "3,0"),
          new Case("1049 starts empty", "ab\\e[?1049hX", "  X", "3,0"),
          new Case("47", "ab\\e[?47hX\\e[?47l", "ab", "3,0"),
          new Case("1047", "ab\\e[?1047hX\\e[?1047l", "ab", "3,0"),
          new Case("1048 saves the cursor", "ab\\e[?1048h\r\nX\\e[?1048lY", "abY|X", "3,0"),
          new Case("leaving it unentered does nothing", "ab\\e[?1049lc", "abc", "3,0"),
          // sequences that must not print or move anything
          new Case("kitty keyboard sequences", "ab\\e[>1u\\e[<u\\e[=1;1ux", "abx", "3,0"),
          new Case("modifyOtherKeys", "ab\\e[>4;2m\\e[>4n\\e[?4mx", "abx", "3,0"),
          new Case("a question for kitty's keyboard", "ab\\e[?ux", "abx", "3,0"),
          new Case(
              "colours",
              "\\e]4;1;?\u0007\\e]10;?\u0007\\e]11;#000\u0007\\e]104\u0007a",
              "a",
              "1,0"),
          new Case("titles", "\\e]0;t\u0007a\\e]2;t\\e\\b", "ab", "2,0"),
          new Case("links", "\\e]8;;http://x\\e\\a\\e]8;;\\e\\b", "ab", "2,0"),
          new Case("the clipboard", "\\e]52;c;aGk=\u0007a", "a", "1,0"),
          new Case("device control strings", "\\ePq#0~~\\e\\a", "a", "1,0"),
          new Case(
              "application program strings", "\\e_Gi=1\\e\\a\\e^x\\e\\b\\eXy\\e\\c", "abc", "3,0"),
          new Case("controls inside a sequence", "ab\\e[1\rGX", "Xb", "1,0"),
          new Case("CAN stops a sequence", "\\e[12\u0018Xa", "Xa", "2,0"),
          new Case("a sequence with odd characters", "\\e[1?2Xa", "a", "1,0"),
          new Case("two intermediates", "\\e[ !pa", "a", "1,0"),
          new Case("C1 controls are dropped", "a\u009b2Jb", "a2Jb", "4,0"),
          new Case("DEL and NUL are dropped", "a\u007f\u0000b", "ab", "2,0"),
          new Case("a full reset", "ab\\e[2;3r\\e[?7l\\e[1m\\ecX", "X", "1,0"),
          new Case("a soft reset keeps the screen", "ab\\e[?6h\\e[!pc", "cb", "1,0"));

  @TestFactory
  List<DynamicTest> operations() {
    return CASES.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () -> {
                      TerminalFixture terminal = new TerminalFixture(10, 4).write(c.input());
                      assertEquals(c.screen(), terminal.screen());
                      assertEquals(c.cursor(), terminal.cursor());
                    }))
        .toList();
  }
}
