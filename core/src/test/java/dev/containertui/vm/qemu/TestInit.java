package dev.containertui.vm.qemu;

import dev.containertui.CProgram;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tiny {@code /init} for machines under test, compiled from C; see test-init.c for its manners.
 */
final class TestInit {
  private TestInit() {}

  static byte[] compile(Path directory) throws IOException {
    return CProgram.compile(directory, "test-init", "-static");
  }
}
