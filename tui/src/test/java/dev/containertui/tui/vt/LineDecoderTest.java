package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineDecoderTest {
  private final LineDecoder decoder = new LineDecoder();
  private final List<StyledLine> lines = new ArrayList<>();

  private void feed(String text) {
    decoder.feed(text.getBytes(StandardCharsets.UTF_8), lines::add);
  }

  private List<String> texts() {
    return lines.stream().map(StyledLine::text).toList();
  }

  @Test
  void linesEndWithNewlinesAndTheRestIsOpen() {
    feed("one\r\ntw");
    feed("o\nthr");
    assertEquals(List.of("one", "two"), texts());
    assertEquals("thr", decoder.open().orElseThrow().text());
  }

  @Test
  void coloursStayAndGoOnInTheNextLine() {
    feed("a\u001b[31mred\nstill\u001b[0m plain\n");
    assertEquals(List.of("ared", "still plain"), texts());
    long red = Style.withForeground(Style.PLAIN, Style.indexed(1));
    assertEquals(Style.PLAIN, lines.get(0).styleAt(0));
    assertEquals(red, lines.get(0).styleAt(1));
    assertEquals(red, lines.get(1).styleAt(4));
    assertEquals(Style.PLAIN, lines.get(1).styleAt(5));
  }

  @Test
  void everyOtherSequenceGoes() {
    feed(
        "\u001b[2J\u001b[10;10Ha\u001b]0;title\u0007b\u001b]52;c;aGk=\u001b\\c\u001bP1$r\u001b\\d\u0000\u0007\n");
    assertEquals(List.of("abcd"), texts());
  }

  @Test
  void hiddenTextIsSeen() {
    feed("\u001b[8;5msecret\n");
    assertEquals(Style.PLAIN, lines.getFirst().styleAt(0));
  }

  @Test
  void aProgressBarIsOneLine() {
    for (int i = 0; i <= 100_000; i++) {
      feed("\rprogress " + i);
    }
    feed("\ndone\n");
    assertEquals(List.of("progress 100000", "done"), texts());
  }

  @Test
  void whatHasNoWidthGoesOrIsShownIfItTurnsTheTextRound() {
    feed("a\u202eb\u200bc\u0301\ufeff\td\n");
    assertEquals(List.of("a·b·c·  d"), texts());
  }

  @Test
  void aBackspaceTakesTheLastCharacterAway() {
    feed("ab\u001b[1mc\b\b漢\b字\n");
    assertEquals(List.of("a字"), texts());
  }

  @Test
  void aLineWithoutEndIsCut() {
    feed("x".repeat(3 * LineDecoder.MAX_LENGTH + 5));
    assertEquals(3, lines.size());
    assertTrue(lines.stream().allMatch(l -> l.text().length() == LineDecoder.MAX_LENGTH));
    assertEquals(5, decoder.open().orElseThrow().text().length());
  }

  @Test
  void coloursWithoutEndAreBounded() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      many.append("\u001b[").append(31 + i % 2).append("mx");
    }
    feed(many + "\n");
    assertTrue(lines.getFirst().styles().length <= 1024);
    assertEquals(5000, lines.getFirst().text().length());
  }

  @Test
  void whereOutputIsSplitDoesNotMatter() {
    String text =
        "\u001b[1;38;5;200mfett\u001b[m 漢字 😀\r\n\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\n";
    feed(text);
    LineDecoder bytewise = new LineDecoder();
    List<StyledLine> same = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      bytewise.feed(new byte[] {b}, same::add);
    }
    assertEquals(texts(), same.stream().map(StyledLine::text).toList());
    assertArrayEquals(lines.getFirst().styles(), same.getFirst().styles());
  }

  @Test
  void noBytesHurt() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            random.nextInt(4) == 0
                ? (byte) "\u001b[;m]\r\n\b\t8".charAt(random.nextInt(10))
                : bytes[i];
      }
      decoder.feed(bytes, lines::add);
    }
    for (StyledLine line : lines) {
      assertTrue(line.text().codePoints().noneMatch(Character::isISOControl), line.text());
      assertTrue(line.text().codePoints().allMatch(c -> CharWidth.of(c) > 0), line.text());
    }
  }
}
