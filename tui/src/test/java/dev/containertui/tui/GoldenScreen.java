package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Compares pictures with kept ones, text and looks: {@code src/test/resources/golden/NAME.txt}.
 * With {@code -Dgolden.update=true} they are written anew; look at the difference before keeping
 * it.
 */
public final class GoldenScreen {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");
  private static final String LETTERS = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private GoldenScreen() {}

  /** Fails if the frame differs from the kept one of this name and its size. */
  public static void check(String name, Frame frame) {
    Path file = file(name, frame);
    String now = describe(frame);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(DIRECTORY);
        Files.writeString(file, now);
        return;
      }
      assertEquals(
          Files.exists(file) ? Files.readString(file) : "(no such file: " + file + ")", now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same of a picture that is still being drawn: waits until it is the kept one. */
  public static void await(String name, Supplier<Frame> frames) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Frame frame = frames.get();
    String before = "";
    while (System.nanoTime() < deadline && !isKept(name, frame)) {
      String now = describe(frame);
      if (Boolean.getBoolean("golden.update") && now.equals(before)) {
        break;
      }
      before = now;
      Thread.sleep(500);
      frame = frames.get();
    }
    check(name, frame);
  }

  private static boolean isKept(String name, Frame frame) {
    try {
      Path file = file(name, frame);
      return Files.exists(file) && Files.readString(file).equals(describe(frame));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String name, Frame frame) {
    return DIRECTORY.resolve(name + "-" + frame.columns() + "x" + frame.rows() + ".txt");
  }

  /** The text, then one letter per cell for its look, then what the letters mean. */
  static String describe(Frame frame) {
    StringBuilder text = new StringBuilder(frame.text());
    text.append("--- looks\n");
    Map<Long, Character> letters = new LinkedHashMap<>();
    letters.put(Style.PLAIN, '.');
    for (int y = 0; y < frame.rows(); y++) {
      for (int x = 0; x < frame.columns(); x++) {
        long style = frame.style(x, y);
        text.append(
            letters.computeIfAbsent(style, _ -> LETTERS.charAt(letters.size() % LETTERS.length())));
      }
      text.append('\n');
    }
    letters.forEach((style, letter) -> text.append(letter).append(' ').append(say(style)));
    if (frame.hasCursor()) {
      text.append("cursor %d,%d\n".formatted(frame.cursorColumn(), frame.cursorRow()));
    }
    return text.toString();
  }

  private static String say(long style) {
    StringBuilder words = new StringBuilder();
    color(words, "fg", Style.foreground(style));
    color(words, "bg", Style.background(style));
    flag(words, style, Style.BOLD, "bold");
    flag(words, style, Style.DIM, "dim");
    flag(words, style, Style.ITALIC, "italic");
    flag(words, style, Style.UNDERLINE, "underline");
    flag(words, style, Style.BLINK, "blink");
    flag(words, style, Style.INVERSE, "inverse");
    flag(words, style, Style.STRIKE, "strike");
    return words.append('\n').toString();
  }

  private static void color(StringBuilder words, String what, int color) {
    if (color != Style.DEFAULT_COLOR) {
      words.append(what).append(Style.isIndexed(color) ? " " : " #");
      words.append(
          Style.isIndexed(color)
              ? Integer.toString(Style.value(color))
              : "%06x".formatted(Style.value(color)));
      words.append(' ');
    }
  }

  private static void flag(StringBuilder words, long style, long flag, String word) {
    if (Style.has(style, flag)) {
      words.append(word).append(' ');
    }
  }
}
