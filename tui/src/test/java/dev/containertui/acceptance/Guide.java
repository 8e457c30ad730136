package dev.containertui.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The code blocks of a page of the documentation.
 *
 * <p>A block's first word says what it is: {@code console}, what is typed behind {@code java> } and
 * what is shown then; {@code sh}, likewise behind {@code $ }; {@code java} with a name, a file of
 * that name; {@code java} alone, snippets, of which {@code // →} tells the value.
 */
final class Guide {
  private static final String FENCE = "```";

  private Guide() {}

  /**
   * A block.
   *
   * @param kind the words behind the fence
   * @param line of its first line in the page, from 1
   */
  record Block(String kind, int line, List<String> lines) {
    String language() {
      return kind.split(" ")[0];
    }

    /** The file's name; empty if it is no file. */
    String file() {
      return kind.contains(" ") ? kind.substring(kind.indexOf(' ') + 1) : "";
    }
  }

  /**
   * Something that is typed, and what is to be seen then.
   *
   * @param line in the page, from 1
   */
  record Step(int line, List<String> typed, List<String> shown) {}

  static List<Block> blocks(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        String kind = lines.get(i).substring(FENCE.length());
        blocks.add(new Block(kind, i + 2, List.copyOf(lines.subList(i + 1, end))));
        i = end;
      }
    }
    return blocks;
  }

  /** The steps of a dialogue. */
  static List<Step> steps(Block block, String prompt, String continuation) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < block.lines().size(); i++) {
      String line = block.lines().get(i);
      if (line.startsWith(prompt)) {
        List<String> typed = new ArrayList<>(List.of(line.substring(prompt.length())));
        steps.add(new Step(block.line() + i, typed, new ArrayList<>()));
      } else if (steps.isEmpty()) {
        throw new AssertionError("line " + (block.line() + i) + " comes before a prompt");
      } else if (line.startsWith(continuation) && steps.getLast().shown().isEmpty()) {
        steps.getLast().typed().add(line.substring(continuation.length()));
      } else {
        steps.getLast().shown().add(line);
      }
    }
    return steps;
  }

  /**
   * Whether what was seen is what the page shows. There, {@code …} stands for anything within a
   * line, and alone on a line for any lines; how wide columns and rules are does not count.
   */
  static boolean matches(List<String> shown, List<String> seen) {
    StringBuilder regex = new StringBuilder();
    for (String line : shown) {
      if (line.strip().equals("…")) {
        regex.append("(?:.*\n)*");
        continue;
      }
      String separator = "";
      for (String part : narrow(line).split(" ?… ?", -1)) {
        regex.append(separator).append(Pattern.quote(part));
        separator = ".*";
      }
      regex.append("\n");
    }
    StringBuilder text = new StringBuilder();
    seen.forEach(line -> text.append(narrow(line)).append("\n"));
    return Pattern.matches(regex.toString(), text);
  }

  private static String narrow(String line) {
    return line.replaceAll("[─ ]*─[─ ]*", "─").replaceAll(" +", " ").strip();
  }
}
