package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a container is shown: its row in a list, its JSON, and the words for how it is. */
final class ContainerView {
  static final RowView<dev.containertui.Container> ROWS =
      new RowView<>(
          dev.containertui.Container.class,
          List.of(
              Column.left("CONTAINER"),
              Column.left("ID"),
              Column.left("IMAGE"),
              Column.left("STATE"),
              Column.left("ADDRESS"),
              Column.left("SINCE")),
          handle -> row(handle.engines()));

  private ContainerView() {}

  private static List<Cell> row(Container container) {
    boolean gone = container.isRemoved();
    ContainerState state = container.state();
    return List.of(
        new Cell(container.name(), Tone.NAME),
        Cell.of(container.shortId()),
        Cell.of(container.spec().image()),
        gone ? Cell.dim(word(container)) : cell(state),
        Cell.of(gone ? "-" : container.address().orElse("-")),
        Cell.dim(gone ? "" : Humanize.ago(state.at(), Instant.now())));
  }

  private static Cell cell(ContainerState state) {
    return switch (state) {
      case ContainerState.Running _ -> new Cell("running", Tone.GOOD);
      case ContainerState.Exited exited ->
          new Cell(
              "exited (" + exited.exitCode() + ")", exited.exitCode() == 0 ? Tone.DIM : Tone.WARN);
      case ContainerState.Failed failed -> new Cell("failed: " + failed.reason(), Tone.BAD);
      default -> new Cell(state.word(), Tone.WARN);
    };
  }

  /** One word, {@code removed} if it is gone. */
  static String word(Container container) {
    return container.isRemoved() ? "removed" : container.state().word();
  }

  /** How its main process ended; empty if it has not. */
  static Optional<Integer> exitCode(Container container) {
    return switch (container.state()) {
      case ContainerState.Exited exited -> Optional.of(exited.exitCode());
      case ContainerState.Restarting again -> Optional.of(again.exitCode());
      case ContainerState.Failed _ -> Optional.of(-1);
      default -> Optional.empty();
    };
  }

  /** One word; empty if nothing checks it. */
  static Optional<String> health(Container container) {
    return container.health().map(h -> h.status().name().toLowerCase(Locale.ROOT));
  }

  static JsonNode json(Container container) {
    boolean gone = container.isRemoved();
    ObjectNode json = Json.object();
    json.put("name", container.name());
    json.put("id", container.id());
    json.put("image", container.spec().image());
    json.set("command", Json.of(container.command()));
    json.put("state", word(container));
    json.set("exitCode", Json.of(gone ? Optional.empty() : exitCode(container)));
    json.set("health", Json.of(gone ? Optional.empty() : health(container)));
    json.set("address", Json.of(gone ? Optional.empty() : container.address()));
    json.put("createdAt", container.createdAt().toString());
    json.set("labels", Json.of(container.spec().labels()));
    return json;
  }
}
