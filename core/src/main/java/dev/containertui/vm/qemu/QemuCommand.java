package dev.containertui.vm.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.vm.VmSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of a machine: {@code -M microvm}, virtio-mmio devices and nothing else.
 *
 * <p>The distribution's kernels find virtio-mmio devices only in ACPI tables, so for them ACPI
 * stays on (the default of microvm since QEMU 5.2). Without ACPI, QEMU appends the devices to the
 * kernel's command line.
 */
final class QemuCommand {
  /** Name of the guest's virtio-serial port for its agent. */
  static final String AGENT_PORT = "dev.containertui.agent";

  /**
   * Exit status of QEMU after a guest wrote 0x10 to the debug exit port 0xf4: {@code (0x10 << 1) |
   * 1}. A guest's init does so after it has synced its disks; no crash looks like it.
   */
  static final int CLEAN_EXIT_CODE = 33;

  /** Slots of {@code -M microvm,acpi=off} (measured with QEMU 7.2); the ninth device is refused. */
  static final int MAX_VIRTIO_DEVICES_WITHOUT_ACPI = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> arguments = new ArrayList<>();

  private QemuCommand() {}

  /** Where a machine's memory is. */
  sealed interface Memory {
    /** Memory of its own; what the guest does not need goes back to the host. */
    record Own() implements Memory {}

    /**
     * A file that takes every change, for a template.
     *
     * @param goesOn whether it is a copy of another template's, from where the machine goes on
     */
    record Kept(Path file, boolean goesOn) implements Memory {}

    /**
     * A template's file, whose pages are shared until they are written. The guest must not give
     * pages back: QEMU would punch holes into the file, under the feet of all other clones ({@code
     * ram_block_discard_range}). So neither this nor a kept machine has a balloon.
     */
    record Cloned(Path file) implements Memory {}
  }

  static List<String> of(
      QemuBinary qemu, Acceleration acceleration, VmSpec spec, MachineFiles files, Memory memory) {
    var command = new QemuCommand();
    command.base(qemu, acceleration.accelerator(), memory, spec.shape().kernel());
    command.shape(spec.shape());
    if (boots(memory)) {
      command.kernel(acceleration, spec.shape(), memory instanceof Memory.Kept);
    }
    command.channels(files);
    command.memory(memory, spec.shape().memoryBytes());
    spec.attachments().disks().forEach(command::disk);
    command.bays(spec.shape().bays(), spec.attachments().drives());
    spec.attachments().nics().forEach(command::nic);
    return List.copyOf(command.arguments);
  }

  /**
   * The value of {@code -M}. Kernels with ACPI do not touch a microvm's interval timer, which comes
   * out of a reset running: emulated, it would wake QEMU 36 times a second for nobody.
   */
  static String machine(VmSpec.Kernel kernel, Accelerator accelerator) {
    if (!kernel.acpi()) {
      return "microvm,acpi=off,x-option-roms=off";
    }
    return accelerator == Accelerator.TCG ? "microvm,pit=off" : "microvm";
  }

  /** How many slots for virtio devices a machine takes: serial ports, balloon, attachments. */
  static int virtioDevices(VmSpec spec) {
    VmSpec.Attachments attachments = spec.attachments();
    return 2 + attachments.disks().size() + attachments.nics().size() + spec.shape().bays();
  }

  private void add(String... more) {
    arguments.addAll(List.of(more));
  }

  private void base(QemuBinary qemu, Accelerator accelerator, Memory memory, VmSpec.Kernel kernel) {
    add(qemu.path().toString());
    add("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot");
    add("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    add(
        "-M",
        machine(kernel, accelerator) + (memory instanceof Memory.Own ? "" : ",memory-backend=ram"));
    add("-global", "virtio-mmio.force-legacy=false");
    arguments.addAll(accelerator.arguments());
  }

  private void shape(VmSpec.MachineShape shape) {
    add("-smp", Integer.toString(shape.vcpus()));
    add("-m", (shape.memoryBytes() >> 20) + "M");
  }

  private void kernel(Acceleration acceleration, VmSpec.MachineShape shape, boolean kept) {
    add("-kernel", shape.kernel().image().toString());
    add("-initrd", shape.initramfs().toString());
    add(
        "-append",
        KernelCommandLine.of(
            acceleration, shape.kernel(), shape.vcpus(), kept, shape.kernelArguments()));
  }

  private void channels(MachineFiles files) {
    socket("qmp", files.qmp());
    add("-mon", "chardev=qmp,mode=control");
    socket("console", files.console());
    add("-serial", "chardev:console");
    socket("agent", files.agent());
    // Port 0 is reserved for a console, so a machine with one port needs two.
    add("-device", "virtio-serial-device,max_ports=2");
    add("-device", "virtserialport,nr=1,chardev=agent,name=" + AGENT_PORT);
    add("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04");
  }

  private void memory(Memory memory, long bytes) {
    switch (memory) {
      case Memory.Own _ -> add("-device", "virtio-balloon-device,free-page-reporting=on");
      case Memory.Kept kept -> memoryFile(kept.file(), bytes, "on");
      case Memory.Cloned cloned -> memoryFile(cloned.file(), bytes, "off");
    }
    if (!boots(memory)) {
      add("-incoming", "defer");
    }
  }

  /** Else it has its kernel in its memory. */
  private static boolean boots(Memory memory) {
    return switch (memory) {
      case Memory.Own _ -> true;
      case Memory.Kept kept -> !kept.goesOn();
      case Memory.Cloned _ -> false;
    };
  }

  private void memoryFile(Path file, long bytes, String share) {
    String path = file.toString().replace(",", ",,");
    add(
        "-object",
        "memory-backend-file,id=ram,size=%d,mem-path=%s,share=%s".formatted(bytes, path, share));
    // Else a clone would be as it was kept: stopped.
    add("-global", "migration.store-global-state=off");
  }

  private void socket(String id, Path path) {
    // QEMU's option syntax doubles a comma that belongs to a value.
    String escaped = path.toString().replace(",", ",,");
    add("-chardev", "socket,id=" + id + ",path=" + escaped + ",server=on,wait=off");
  }

  /**
   * JSON takes any file name. A read-only image is opened and locked as such, so any number of
   * machines share one, but none that somebody writes. Errors are the guest's to handle; QEMU's own
   * answer to a full host disk would be to stop the machine. The order of the fields is always the
   * same, which that of {@link Map#of} is not: a template is known by its machine's command line.
   */
  private void disk(VmSpec.Disk disk) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("driver", "raw");
    node.put("node-name", "disk-" + disk.serial());
    node.put("read-only", disk.readOnly());
    if (!disk.readOnly()) {
      node.put("discard", "unmap");
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("driver", "file");
    file.put("filename", disk.image().toString());
    node.put("file", file);
    blockDevice(node, disk.serial());
  }

  /**
   * The device of a bay is the same whatever is behind it: a clone may have what its template had
   * not.
   */
  private void bays(int bays, List<VmSpec.Drive> drives) {
    for (int bay = 0; bay < bays; bay++) {
      String serial = VmSpec.Drive.serial(bay);
      if (bay < drives.size()) {
        disk(new VmSpec.Disk(drives.get(bay).image(), serial, drives.get(bay).readOnly()));
      } else {
        Map<String, Object> nothing = new LinkedHashMap<>();
        nothing.put("driver", "null-co");
        nothing.put("node-name", "disk-" + serial);
        nothing.put("size", VmSpec.Drive.BYTES);
        nothing.put("read-zeroes", true);
        blockDevice(nothing, serial);
      }
    }
  }

  private void blockDevice(Map<String, Object> node, String serial) {
    try {
      add("-blockdev", JSON.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    add(
        "-device",
        "virtio-blk-device,drive=disk-%1$s,serial=%1$s,werror=report,rerror=report"
            .formatted(serial));
  }

  private void nic(VmSpec.Nic nic) {
    String id = "net" + nic.macAddress().replace(":", "");
    switch (nic.backend()) {
      case USER_NAT -> add("-netdev", "user,id=" + id);
    }
    // Nobody needs to hear of a clone before it has its own address.
    add(
        "-device",
        "virtio-net-device,guest_announce=off,netdev=" + id + ",mac=" + nic.macAddress());
  }
}
