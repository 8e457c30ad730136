package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.FileStamp;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine's template depends on, as lines: the files that it was made of, this host, and the
 * machine's own command line with neutral names in the place of one container's.
 *
 * <p>Files count by where they are, their size and their times, which the system changes with every
 * change of them: to read a kernel through would take longer than to start a clone.
 */
final class ShapeIdentity {
  /** Changed when what a template contains is no longer what this program expects. */
  private static final String LAYOUT = "layout 1";

  /** The clock of a guest is measured anew at each boot of the host, and never quite the same. */
  private static final long KHZ_STEP = 10_000;

  private static final Path NEUTRAL = Path.of("/machine");
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private ShapeIdentity() {}

  static List<String> of(QemuBinary qemu, Acceleration acceleration, VmSpec spec) {
    VmSpec.MachineShape shape = spec.shape();
    List<String> lines = new ArrayList<>();
    lines.add(LAYOUT);
    lines.add(qemu.version());
    lines.add(file(qemu.path()));
    lines.add(file(shape.kernel().image()));
    lines.add(file(shape.initramfs()));
    if (acceleration.accelerator() == Accelerator.KVM) {
      lines.add(System.getProperty("os.version"));
      lines.add(processor());
    }
    lines.addAll(
        QemuCommand.of(
            qemu,
            rounded(acceleration),
            neutral(spec),
            new MachineFiles(NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL),
            new QemuCommand.Memory.Kept(NEUTRAL, false)));
    return List.copyOf(lines);
  }

  private static Acceleration rounded(Acceleration acceleration) {
    long khz = (acceleration.tscKhz() + KHZ_STEP / 2) / KHZ_STEP * KHZ_STEP;
    return new Acceleration(acceleration.accelerator(), khz);
  }

  private static VmSpec neutral(VmSpec spec) {
    return new VmSpec(
        "neutral",
        NEUTRAL,
        spec.shape(),
        new VmSpec.Attachments(
            spec.attachments().disks().stream()
                .map(disk -> new VmSpec.Disk(NEUTRAL, disk.serial(), disk.readOnly()))
                .toList(),
            spec.attachments().nics().stream()
                .map(nic -> new VmSpec.Nic("52:54:00:00:00:00", nic.backend()))
                .toList()));
  }

  private static String file(Path file) {
    try {
      return file + " " + FileStamp.of(file);
    } catch (IOException e) {
      throw new EngineException(Kind.NOT_FOUND, file + " cannot be read", e);
    }
  }

  /** A clone finds the processor that its template had, or none. */
  private static String processor() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .takeWhile(line -> !line.isBlank())
          .filter(
              line ->
                  line.startsWith("model name")
                      || line.startsWith("flags")
                      || line.startsWith("microcode"))
          .toList()
          .toString();
    } catch (IOException e) {
      return "";
    }
  }
}
