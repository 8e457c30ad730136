package dev.containertui;

import dev.containertui.network.PublishedPort;
import dev.containertui.view.Cell;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.util.List;

/**
 * A port of a container that the host listens for.
 *
 * @param port of the container, 1–65535
 * @param protocol {@code "tcp"} or {@code "udp"}
 * @param address of the host; {@code "0.0.0.0"}: all that it has
 * @param hostPort where the host listens, 1–65535
 */
public record Port(int port, String protocol, String address, int hostPort)
    implements Value, Listed {
  private static final RowView<Port> ROWS =
      new RowView<>(
          Port.class,
          List.of(Column.left("PORT"), Column.left("HOST")),
          p ->
              List.of(
                  new Cell(p.port + "/" + p.protocol, Tone.NAME),
                  Cell.of(p.address + ":" + p.hostPort)));

  static Port of(PublishedPort published) {
    return new Port(
        published.containerPort().number(),
        published.containerPort().transport().word(),
        published.address(),
        published.hostPort());
  }

  @Override
  public View view() {
    return ROWS.table(List.of(this));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }
}
