package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.util.List;

/**
 * What a command printed and how it ended.
 *
 * @param command as it was asked for
 * @param code 0–255; 128 + n after signal n; of a pipe the last one that is not 0
 * @param codes of each command of a pipe
 * @param output standard output, as UTF-8
 * @param errors standard error, as UTF-8
 */
public record Result(String command, int code, List<Integer> codes, String output, String errors)
    implements Value, Viewable {
  public Result {
    codes = List.copyOf(codes);
  }

  /** Whether the exit code is 0. */
  public boolean ok() {
    return code == 0;
  }

  /** The lines of standard output. */
  public List<String> lines() {
    return output.lines().toList();
  }

  /**
   * This result if the exit code is 0.
   *
   * @throws EngineException INVALID, with the command's own words, if not
   */
  public Result orFail() {
    if (ok()) {
      return this;
    }
    String words = errors.isBlank() ? output.strip() : errors.strip();
    String last = words.lines().reduce((a, b) -> b).orElse("");
    throw new EngineException(
        Kind.INVALID,
        command + " ended with exit code " + code + (last.isEmpty() ? "" : ": " + last),
        "code() and result() give the code without a failure");
  }

  @Override
  public View view() {
    return View.stack(
        View.text(output),
        View.text(Tone.WARN, errors),
        View.text(Tone.BAD, ok() ? "" : "exit code " + code));
  }

  /** What it printed. */
  @Override
  public String toString() {
    return output;
  }
}
