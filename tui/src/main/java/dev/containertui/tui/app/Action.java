package dev.containertui.tui.app;

import java.util.Arrays;
import java.util.List;

/**
 * Something the user can do. Keys, help, hints in the bottom line, the palette and the
 * configuration file all come from these.
 *
 * @param name unique; as in the configuration file: {@code containers.stop}
 * @param context where its keys work
 * @param keys what it is bound to unless the user binds it otherwise; may be empty
 * @param title for the help, as a verb: {@code stop the marked or selected containers}
 * @param hint one word for the bottom line; empty: not shown there
 * @param run what it does
 */
public record Action(
    String name, Context context, List<Chord> keys, String title, String hint, Change run) {
  public Action {
    keys = List.copyOf(keys);
  }

  /**
   * An action with its keys as they are written, separated by spaces.
   *
   * @param keys for example {@code "x del"}
   */
  public static Action of(
      String name, Context context, String keys, String title, String hint, Change run) {
    List<Chord> chords =
        keys.isBlank()
            ? List.of()
            : Arrays.stream(keys.strip().split(" +")).map(Chord::parse).toList();
    return new Action(name, context, chords, title, hint, run);
  }
}
