package dev.containertui.engine.api.server;

import dev.containertui.engine.api.http.Failure;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Patterns for names of images, where {@code *} does not go over a slash. */
final class NamePattern {
  private NamePattern() {}

  /**
   * @throws Failure 400 if it is no pattern
   */
  static boolean matches(String pattern, String name) {
    try {
      String plain = pattern.replace("{", "\\{").replace("}", "\\}");
      return FileSystems.getDefault().getPathMatcher("glob:" + plain).matches(Path.of(name));
    } catch (PatternSyntaxException e) {
      throw new Failure(400, "invalid filter 'reference=" + pattern + "'");
    }
  }
}
