package dev.containertui;

import dev.containertui.engine.EngineEvent;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param type {@code "container"} or {@code "image"}
 * @param action what happened: {@code create start die stop destroy pull …}
 * @param id of the container; of an image its reference
 * @param name of the container, or the image's reference
 * @param attributes more about it: {@code image}, {@code exitCode}, {@code signal}, …
 */
public record Event(
    Instant at, String type, String action, String id, String name, Map<String, String> attributes)
    implements Value, Listed {
  private static final RowView<Event> ROWS =
      new RowView<>(
          Event.class,
          List.of(
              Column.left("TIME"),
              Column.left("TYPE"),
              Column.left("ACTION"),
              Column.left("NAME"),
              Column.left("ID")),
          event ->
              List.of(
                  Cell.dim(event.at.toString()),
                  Cell.of(event.type),
                  Cell.of(event.action),
                  new Cell(event.name, Tone.NAME),
                  Cell.dim(Humanize.shortDigest(event.id))));

  public Event {
    attributes = Map.copyOf(attributes);
  }

  static Event of(EngineEvent event) {
    return switch (event) {
      case EngineEvent.ContainerChanged change ->
          new Event(
              change.at(),
              "container",
              change.action(),
              change.containerId(),
              change.name(),
              change.attributes());
      case EngineEvent.ImageChanged change ->
          new Event(
              change.at(),
              "image",
              change.action(),
              change.reference(),
              change.reference(),
              Map.of());
    };
  }

  @Override
  public View view() {
    return new Table(
        List.of(Column.left(""), Column.left(""), Column.left(""), Column.left("")),
        List.of(
            List.of(
                Cell.dim(at.toString()),
                Cell.of(type),
                Cell.of(action),
                new Cell(name, Tone.NAME))));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }

  /** One line. */
  @Override
  public String toString() {
    return at + " " + type + " " + action + " " + name;
  }
}
