package dev.containertui.repl.console;

import dev.containertui.view.SafeText;
import java.util.Comparator;
import java.util.List;

/**
 * What a word can become.
 *
 * @param text that stands in its place
 * @param label in the list; mostly the same
 * @param detail beside it in the list: a signature, an explanation; may be empty
 * @param complete whether nothing more belongs to the word, so that a space is welcome
 */
public record Completion(String text, String label, String detail, boolean complete) {
  static Completion of(String text) {
    return new Completion(text, SafeText.line(text), "", false);
  }

  /** A name in a string, which it closes. */
  static Completion closing(String name) {
    return new Completion(name + "\"", SafeText.line(name), "", false);
  }

  static Completion explained(String word, String detail) {
    return new Completion(word, word, detail, true);
  }

  /**
   * All that fits.
   *
   * @param from offset of the word in the line
   */
  public record Candidates(int from, List<Completion> completions) {
    public static final Candidates NONE = new Candidates(0, List.of());

    /** Those that begin with what has been typed, each once, in order. */
    public static Candidates of(int from, String typed, List<Completion> all) {
      return new Candidates(
          from,
          all.stream()
              .filter(c -> c.text().startsWith(typed))
              .distinct()
              .sorted(Comparator.comparing(Completion::label))
              .toList());
    }

    /** The longest text that all of them begin with. */
    String common() {
      String common = completions.getFirst().text();
      for (Completion completion : completions) {
        int length = 0;
        int most = Math.min(common.length(), completion.text().length());
        while (length < most && common.charAt(length) == completion.text().charAt(length)) {
          length++;
        }
        common = common.substring(0, length);
      }
      return common;
    }
  }
}
