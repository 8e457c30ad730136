package dev.containertui.cli;

import dev.containertui.container.Mount;
import dev.containertui.container.MountText;
import dev.containertui.error.EngineException;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code run} and {@code create} for volumes and file systems in memory. */
final class MountOptions {
  @Option(
      names = {"-v", "--volume"},
      paramLabel = "NAME:/PATH[:ro]",
      description = "mount a volume, which is made if there is none; /PATH alone: one without name")
  private List<String> volumes = List.of();

  @Option(
      names = "--mount",
      paramLabel = "K=V,...",
      description =
          "a volume or a tmpfs, by fields: type, source, target, readonly, volume-nocopy,"
              + " tmpfs-size, tmpfs-mode")
  private List<String> mounts = List.of();

  @Option(
      names = "--tmpfs",
      paramLabel = "/PATH[:OPTIONS]",
      description = "a file system in memory; options: size=64m, mode=1777, ro, exec, suid, dev")
  private List<String> tmpfs = List.of();

  /** What they ask for; a failure is that of a run that was not begun. */
  List<Mount> mounts() {
    try {
      return MountText.all(volumes, mounts, tmpfs);
    } catch (EngineException e) {
      throw new CommandFailure(ExitCodes.RUN_FAILED, e.getMessage(), e.hint());
    }
  }
}
