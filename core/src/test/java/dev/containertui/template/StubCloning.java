package dev.containertui.template;

import dev.containertui.host.SparseFiles;
import dev.containertui.vm.MachineCloning;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A hypervisor's part in a template as far as the store sees it: the names of its files. */
final class StubCloning implements MachineCloning {
  /** Files like a real template's: memory with data far apart, a short state, a disk. */
  static void fill(Path directory) throws IOException {
    byte[] some = new byte[64 << 10];
    java.util.Arrays.fill(some, (byte) 7);
    for (String name : List.of("memory", TemplateStore.UPPER_DISK)) {
      SparseFiles.create(directory.resolve(name), 256 << 20);
      try (FileChannel channel =
          FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(some), 0);
        channel.write(ByteBuffer.wrap(some), 200 << 20);
      }
    }
    Files.write(directory.resolve("state"), some);
  }

  @Override
  public List<String> files() {
    return List.of("memory", "state");
  }

  @Override
  public List<String> identity(VmSpec spec) {
    return List.of(spec.toString());
  }

  @Override
  public VirtualMachine startToKeep(VmSpec spec, Path template) {
    throw new UnsupportedOperationException();
  }

  @Override
  public VirtualMachine goOnToKeep(VmSpec spec, Path template) {
    return startToKeep(spec, template);
  }

  @Override
  public void keep(VirtualMachine machine, Path template) {
    throw new UnsupportedOperationException();
  }

  @Override
  public VirtualMachine startFrom(Path template, VmSpec spec) {
    throw new UnsupportedOperationException();
  }
}
