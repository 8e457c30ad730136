package dev.containertui;

import java.util.List;

/** Something that runs, or can be run, to its end: what it printed and how it ended. */
public interface Output {
  /**
   * Waits for the end and gives all there is to know, whatever the exit code; again the same if it
   * is asked again.
   *
   * <pre>{@code var r = c.exec("grep", "x", "/etc/hosts").result(); if (r.code() > 1) …}</pre>
   *
   * @throws dev.containertui.error.EngineException TIMEOUT if a timeout was set and has passed;
   *     EXHAUSTED if more than 64 MiB are printed; CANCELLED after an interrupt, which ends it too
   */
  Result result();

  /**
   * Standard output as text, UTF-8, without the line ends behind it, as a shell's {@code $(…)}.
   *
   * <pre>{@code String kernel = c.exec("uname", "-r").text();}</pre>
   *
   * @throws dev.containertui.error.EngineException as {@link #result}; INVALID, with the command's
   *     own words, if the exit code is not 0
   */
  default String text() {
    return result().orFail().output().stripTrailing();
  }

  /**
   * The lines of standard output.
   *
   * <pre>{@code for (var file : c.exec("ls", "/etc").lines()) …}</pre>
   *
   * @throws dev.containertui.error.EngineException as {@link #text}
   */
  default List<String> lines() {
    return result().orFail().lines();
  }

  /**
   * Waits for the end; the exit code, 0–255, 128 + n after signal n.
   *
   * <pre>{@code if (c.exec("test", "-e", "/ready").code() == 0) …}</pre>
   *
   * @throws dev.containertui.error.EngineException as {@link #result}
   */
  default int code() {
    return result().code();
  }
}
