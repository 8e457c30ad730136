package dev.containertui.tui;

import dev.containertui.engine.Engine;
import dev.containertui.tui.app.CommandLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command line that says what it was asked for. */
final class NoCommands implements CommandLine {
  @Override
  public int run(Engine engine, List<String> words, OutputStream out) {
    try {
      out.write(("ran " + String.join("|", words) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words.getFirst().equals("fail") ? 3 : 0;
  }

  @Override
  public int runOnTerminal(Engine engine, List<String> words) {
    System.out.println("on the terminal: " + String.join("|", words));
    return 0;
  }

  @Override
  public List<Candidate> complete(
      List<String> words, List<String> containers, List<String> images) {
    List<String> found = words.size() == 1 ? List.of("stop", "stats", "start") : containers;
    return found.stream()
        .filter(w -> w.startsWith(words.getLast()))
        .map(w -> new Candidate(w, "about " + w))
        .toList();
  }
}
