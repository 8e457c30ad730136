package dev.containertui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Static programs for guests, compiled from C sources among the test resources. */
public final class CProgram {
  private CProgram() {}

  /**
   * @param name of the source, without {@code .c}
   * @param flags for the compiler, besides the usual ones
   */
  public static byte[] compile(Path directory, String name, String... flags) throws IOException {
    Path source = directory.resolve(name + ".c");
    Path program = directory.resolve(name);
    try (InputStream in = CProgram.class.getResourceAsStream("/" + name + ".c")) {
      Files.write(source, in.readAllBytes());
    }
    List<String> command = new ArrayList<>(List.of("musl-gcc", "-Os", "-s", "-Wall", "-Werror"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-o", program.toString(), source.toString()));
    Tool.run(command.toArray(String[]::new));
    return Files.readAllBytes(program);
  }
}
