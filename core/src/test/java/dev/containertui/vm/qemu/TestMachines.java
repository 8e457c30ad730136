package dev.containertui.vm.qemu;

import dev.containertui.kernel.Initramfs;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.TestKernel;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Real machines with the distribution's kernel and {@link TestInit}. */
final class TestMachines {
  final Path directory;
  final InstalledKernel kernel;
  final Path initramfs;
  final QemuHypervisor hypervisor;

  TestMachines(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.kernel = TestKernel.get();
    this.initramfs =
        Initramfs.cached(directory.resolve("cache"), kernel, TestInit.compile(directory));
    this.hypervisor = new QemuHypervisor(config());
  }

  QemuConfig config() {
    return new QemuConfig(
        Optional.empty(),
        System.getenv("PATH"),
        TestKernel.cacheDirectory().resolve("qemu"),
        () -> Optional.of(bootable()));
  }

  VmSpec.Kernel bootable() {
    return new VmSpec.Kernel(kernel.image(), kernel.acpi());
  }

  VmSpec spec(int vcpus, List<VmSpec.Disk> disks) throws IOException {
    var nic = new VmSpec.Nic("52:54:00:12:34:56", VmSpec.Nic.Backend.USER_NAT);
    return new VmSpec(
        "test",
        Files.createTempDirectory(directory, "vm"),
        new VmSpec.MachineShape(bootable(), initramfs, "", vcpus, 256L << 20),
        new VmSpec.Attachments(disks, List.of(nic)));
  }

  VirtualMachine start() throws IOException {
    return hypervisor.start(spec(1, List.of()));
  }

  /** Reads one line; the surrounding test's timeout is the deadline. */
  static String readLine(ByteChannel channel) throws IOException {
    var line = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (channel.read(one.clear()) == 1 && one.get(0) != '\n') {
      line.append((char) one.get(0));
    }
    return line.toString();
  }

  static void write(ByteChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
