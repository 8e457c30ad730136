package dev.containertui.tui.view;

import java.util.List;
import java.util.Optional;

/**
 * Everything that is on the screen, as plain data.
 *
 * @param engine what runs the containers, for example {@code qemu 7.2 · tcg}
 * @param running containers that run
 * @param console the current console
 */
public record Model(
    String version,
    String engine,
    int running,
    Pane pane,
    TableModel<ContainerRow> containers,
    TableModel<ImageRow> images,
    Optional<ConsoleModel> console,
    List<PullRow> pulls,
    Optional<Dialog> dialog,
    Optional<InputLine> input,
    Optional<Notice> notice) {
  public Model {
    pulls = List.copyOf(pulls);
  }
}
