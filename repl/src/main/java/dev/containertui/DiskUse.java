package dev.containertui;

import dev.containertui.engine.DiskUsage;
import dev.containertui.view.Cell;
import dev.containertui.view.Chart;
import dev.containertui.view.Humanize;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.util.List;

/**
 * What takes how much of the disk, in bytes as they are allocated.
 *
 * @param layersBytes all layers of all images, each counted once
 * @param rootfsBytes the file systems made of images
 * @param containersBytes what containers have written
 * @param logsBytes what containers have printed
 * @param volumesBytes what volumes hold
 * @param templatesBytes kept machines
 * @param kernelsBytes guest kernels
 * @param totalBytes all of these
 */
public record DiskUse(
    long layersBytes,
    long rootfsBytes,
    long containersBytes,
    long logsBytes,
    long volumesBytes,
    long templatesBytes,
    long kernelsBytes,
    long totalBytes)
    implements Value, Viewable {
  static DiskUse of(DiskUsage usage) {
    long containers =
        usage.containers().stream().mapToLong(DiskUsage.ContainerUse::diskBytes).sum();
    long logs = usage.containers().stream().mapToLong(DiskUsage.ContainerUse::logBytes).sum();
    long volumes = usage.volumes().stream().mapToLong(DiskUsage.VolumeUse::diskBytes).sum();
    return new DiskUse(
        usage.layersBytes(),
        usage.rootfsBytes(),
        containers,
        logs,
        volumes,
        usage.templatesBytes(),
        usage.kernelsBytes(),
        usage.layersBytes()
            + usage.rootfsBytes()
            + containers
            + logs
            + volumes
            + usage.templatesBytes()
            + usage.kernelsBytes());
  }

  @Override
  public View view() {
    return new Chart(
        List.of(Column.left("WHAT"), Column.right("DISK")),
        List.of(
            bar("layers", layersBytes),
            bar("file systems of images", rootfsBytes),
            bar("containers", containersBytes),
            bar("logs", logsBytes),
            bar("volumes", volumesBytes),
            bar("templates", templatesBytes),
            bar("kernels", kernelsBytes),
            bar("all", totalBytes)));
  }

  private static Chart.Bar bar(String what, long bytes) {
    return Chart.Bar.of(bytes, new Cell(what, Tone.NAME), Cell.of(Humanize.bytes(bytes)));
  }
}
