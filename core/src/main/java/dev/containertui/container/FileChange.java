package dev.containertui.container;

/**
 * A difference between a container and its image.
 *
 * @param path absolute
 */
public record FileChange(Kind kind, String path) {
  /** As {@code docker diff} has them. */
  public enum Kind {
    MODIFIED('C'),
    ADDED('A'),
    DELETED('D');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    public char letter() {
      return letter;
    }
  }
}
