package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Titles, links and the clipboard. */
class OperatingSystemCommandsTest {
  private final TerminalFixture terminal = new TerminalFixture(20, 3);

  private String link(int column) {
    return terminal.emulator.link(terminal.view().lines().getFirst().link(column));
  }

  private static String clipboard(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "\\e]52;c;" + Base64.getEncoder().encodeToString(bytes) + "\u0007";
  }

  @Test
  void titlesAreCleaned() {
    terminal.write("\\e]0;a\u202eb\u2028c\u007fd 漢\u0007");
    assertEquals("abcd 漢", terminal.emulator.title());
    terminal.write("\\e]1;icon\u0007");
    assertEquals("abcd 漢", terminal.emulator.title());
  }

  @Test
  void titlesCanBeKeptOnAStack() {
    terminal.write("\\e]2;one\u0007\\e[22;0;0t\\e]2;two\u0007\\e[23;0;0t");
    assertEquals("one", terminal.emulator.title());
    terminal.write("\\e[23t");
    assertEquals("one", terminal.emulator.title(), "an empty stack");
    for (int i = 0; i < 1000; i++) {
      terminal.write("\\e]2;" + i + "\u0007\\e[22;2t");
    }
    terminal.write("\\e[23;2t".repeat(1000));
    assertEquals("990", terminal.emulator.title(), "ten are kept");
  }

  @Test
  void linksBelongToTheirCells() {
    terminal.write("a\\e]8;id=1;https://example.com/x\\e\\bc\\e]8;;\\e\\d");
    assertEquals("", link(0));
    assertEquals("https://example.com/x", link(1));
    assertEquals("https://example.com/x", link(2));
    assertEquals("", link(3));
    terminal.write("\\e[1;2HX\\e[1;3H\\e[X");
    assertEquals("", link(1), "written over");
    assertEquals("", link(2), "erased");
  }

  @Test
  void linksScrollAndWrapWithTheirText() {
    terminal.write("\\e]8;;http://a/\u0007" + "x".repeat(25) + "\\e]8;;\u0007\r\n\r\n\r\n");
    Line oldest = terminal.emulator.view(99).lines().getFirst();
    assertEquals("http://a/", terminal.emulator.link(oldest.link(5)));
    terminal.resize(10, 3);
    oldest = terminal.emulator.view(99).lines().get(2);
    assertEquals("http://a/", terminal.emulator.link(oldest.link(4)));
    assertEquals("xxxxx", oldest.toString());
  }

  @Test
  void addressesThatCouldHarmAreNoLinks() {
    for (String address :
        List.of(
            "file:///etc/passwd",
            "javascript:x",
            "ssh://host",
            "no address",
            "http://a b",
            "http://é/",
            "http://" + "x".repeat(3000))) {
      terminal.write("\\e[H\\e]8;;" + address + "\u0007x\\e]8;;\u0007");
      assertEquals("", link(0), address);
    }
    terminal.write("\\e[H\\e]8;;MAILTO:a@b\u0007x");
    assertEquals("MAILTO:a@b", link(0));
  }

  @Test
  void onlySoManyLinksAreRemembered() {
    for (int i = 0; i < 2 * Links.MAX_LINKS; i++) {
      terminal.write("\\e]8;;http://a/" + i + "\u0007" + (i == 0 ? "x" : ""));
    }
    assertEquals("", link(0), "forgotten");
    terminal.write("y");
    assertEquals("http://a/" + (2 * Links.MAX_LINKS - 1), link(1));
  }

  @Test
  void theSameAddressIsTheSameLink() {
    terminal.write("\\e]8;;http://a/\u0007x\\e]8;;http://b/\u0007y\\e]8;;http://a/\u0007z");
    Line line = terminal.view().lines().getFirst();
    assertEquals(line.link(0), line.link(2));
  }

  @Test
  void textForTheClipboardGoesToTheHost() {
    terminal.write(clipboard("grüße\n\t漢\u0003\u001b[A"));
    assertEquals(List.of("grüße\n\t漢[A"), terminal.clipboard);
    assertEquals("", terminal.replied());
  }

  @Test
  void theClipboardIsNeverTold() {
    terminal.write("\\e]52;c;?\u0007\\e]52;;?\\e\\\\e]52;?\u0007");
    assertEquals("", terminal.replied());
    assertEquals(List.of(), terminal.clipboard);
  }

  @Test
  void whatIsNoTextIsNotPutOnTheClipboard() {
    terminal.write("\\e]52;c;!!!\u0007\\e]52;c;/w==\u0007\\e]52;c;\u0007");
    terminal.write(clipboard("x".repeat(60_000)));
    assertEquals(List.of(), terminal.clipboard);
    terminal.write(clipboard("x".repeat(50_000)));
    assertEquals(1, terminal.clipboard.size());
  }

  @Test
  void aHostThatDoesNotCareHearsNothing() {
    Emulator emulator = new Emulator(10, 2, 0, answer -> {});
    emulator.feed(clipboard("x").replace("\\e", "\u001b").getBytes(StandardCharsets.UTF_8));
    emulator.feed("ok".getBytes(StandardCharsets.UTF_8));
    assertEquals("ok", emulator.view(0).text().strip());
  }
}
