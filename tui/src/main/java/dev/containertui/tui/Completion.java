package dev.containertui.tui;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Completes the last word of a command line: command names, images, containers. */
final class Completion {
  private static final Set<String> WITH_IMAGE = Set.of("pull", "run", "rmi");
  private static final Set<String> WITH_CONTAINER = Set.of("stop", "kill", "rm");

  /**
   * @param text the line, completed as far as it is sure
   * @param choices what it could go on with, if there is more than one
   */
  record Result(String text, List<String> choices) {}

  private Completion() {}

  static Result complete(String text, List<String> images, List<String> containers) {
    int start = text.lastIndexOf(' ') + 1;
    String word = text.substring(start);
    Set<String> candidates = new TreeSet<>();
    for (String candidate : candidates(text, start, images, containers)) {
      if (candidate.startsWith(word)) {
        candidates.add(candidate);
      }
    }
    if (candidates.isEmpty()) {
      return new Result(text, List.of());
    }
    if (candidates.size() == 1) {
      String only = candidates.iterator().next();
      return new Result(text.substring(0, start) + only + " ", List.of());
    }
    List<String> choices = List.copyOf(candidates);
    return new Result(text.substring(0, start) + commonPrefix(choices), choices);
  }

  private static Iterable<String> candidates(
      String text, int start, List<String> images, List<String> containers) {
    if (start == 0) {
      return CommandParser.USAGE.keySet();
    }
    String command = text.substring(0, text.indexOf(' '));
    if (WITH_IMAGE.contains(command)) {
      return images;
    }
    return WITH_CONTAINER.contains(command) ? containers : List.of();
  }

  private static String commonPrefix(List<String> sorted) {
    String first = sorted.getFirst();
    String last = sorted.getLast();
    int length = 0;
    while (length < Math.min(first.length(), last.length())
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }
}
