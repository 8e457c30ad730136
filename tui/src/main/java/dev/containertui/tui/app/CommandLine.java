package dev.containertui.tui.app;

import dev.containertui.engine.Engine;
import java.io.OutputStream;
import java.util.List;

/** The program's own command line, for commands that are typed into the workbench. */
public interface CommandLine {
  /**
   * Runs a command without a terminal, on an engine that stays open. Interrupting the thread ends
   * it.
   *
   * @param words without the program's name
   * @param out gets standard output and standard error as they come
   * @return the exit code
   */
  int run(Engine engine, List<String> words, OutputStream out);

  /** The same with this process's own terminal, which must be in its ordinary mode. */
  int runOnTerminal(Engine engine, List<String> words);

  /**
   * What the last of the words could become.
   *
   * @param words at least one; the last may be empty
   * @param containers names of containers
   * @param images names of images
   */
  List<Candidate> complete(List<String> words, List<String> containers, List<String> images);

  /**
   * A way to go on.
   *
   * @param description one line, may be empty
   */
  record Candidate(String word, String description) {}
}
