package dev.containertui.vm.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tiny {@code /init} for machines under test, compiled from C; see test-init.c for its manners.
 */
final class TestInit {
  private TestInit() {}

  static byte[] compile(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve("test-init.c");
    Path program = directory.resolve("test-init");
    try (InputStream in = TestInit.class.getResourceAsStream("/test-init.c")) {
      Files.write(source, in.readAllBytes());
    }
    Process compiler =
        new ProcessBuilder(
                "musl-gcc",
                "-static",
                "-Os",
                "-s",
                "-Wall",
                "-Werror",
                "-o",
                program.toString(),
                source.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException("musl-gcc cannot compile the test init");
    }
    return Files.readAllBytes(program);
  }
}
