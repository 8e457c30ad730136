package dev.containertui;

import dev.containertui.engine.VolumeUsers;
import dev.containertui.host.AllocatedSpace;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A volume, as it was when it was asked for: a file system that outlives the containers that it is
 * mounted in.
 *
 * <pre>{@code
 * run("alpine", "sh", "-c", "date >> /data/log").mount("data", "/data").text();
 * volume("data").containers()
 * volume("data").rm();
 * }</pre>
 *
 * @param anonymous whether it was made for one container, without a name of a user's
 * @param sizeBytes of its file system: what it can hold
 * @param diskBytes that it takes on this host; 0 if that cannot be told from here
 * @param containers names of those that have it, running or not
 */
public record Volume(
    String name,
    boolean anonymous,
    Instant createdAt,
    Map<String, String> labels,
    long sizeBytes,
    long diskBytes,
    List<String> containers)
    implements Value, Listed {
  private static final int SHORT_NAME = 12;

  private static final RowView<Volume> ROWS =
      new RowView<>(
          Volume.class,
          List.of(
              Column.left("VOLUME"),
              Column.right("SIZE"),
              Column.right("DISK"),
              Column.left("CONTAINERS"),
              Column.left("CREATED")),
          v ->
              List.of(
                  new Cell(v.anonymous ? v.name.substring(0, SHORT_NAME) : v.name, Tone.NAME),
                  Cell.of(Humanize.bytes(v.sizeBytes)),
                  Cell.of(Humanize.bytes(v.diskBytes)),
                  Cell.of(v.containers.isEmpty() ? "-" : String.join(" ", v.containers)),
                  Cell.dim(Humanize.ago(v.createdAt, Instant.now()))));

  static Volume of(
      dev.containertui.volume.Volume volume,
      List<dev.containertui.container.Container> containers) {
    return new Volume(
        volume.name(),
        volume.anonymous(),
        volume.createdAt(),
        volume.labels(),
        volume.sizeBytes(),
        diskBytes(volume.disk()),
        VolumeUsers.of(volume.name(), containers).stream()
            .map(dev.containertui.container.Container::name)
            .toList());
  }

  private static long diskBytes(Path disk) {
    try {
      return AllocatedSpace.bytes(disk);
    } catch (IOException e) {
      return 0; // It is another engine's.
    }
  }

  /**
   * Removes it with all that is in it.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if a container has it; NOT_FOUND
   */
  public void rm() {
    ContainerTui.engine().volumes().remove(name);
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
