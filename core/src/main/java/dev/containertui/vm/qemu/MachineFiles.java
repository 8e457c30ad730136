package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** What a machine keeps in its runtime directory. */
record MachineFiles(Path qmp, Path console, Path agent, Path keep, Path errors) {
  /** Longest path of a Unix socket on Linux: sun_path has 108 bytes with the final zero. */
  private static final int MAX_SOCKET_PATH_BYTES = 107;

  private static final int MAX_ERROR_BYTES = 8 << 10;

  /**
   * @throws EngineException INVALID if sockets cannot live in the directory
   */
  static MachineFiles in(Path directory) {
    if (!directory.isAbsolute() || !Files.isDirectory(directory)) {
      throw new EngineException(
          Kind.INVALID, "the runtime directory " + directory + " is not an existing directory");
    }
    var files =
        new MachineFiles(
            directory.resolve("qmp.sock"),
            directory.resolve("console.sock"),
            directory.resolve("agent.sock"),
            directory.resolve("keep.sock"),
            directory.resolve("qemu.err"));
    if (files.console.toString().getBytes().length > MAX_SOCKET_PATH_BYTES) {
      throw new EngineException(
          Kind.INVALID, "the runtime directory " + directory + " has too long a path for sockets");
    }
    return files;
  }

  /** The end of what QEMU wrote to standard error. */
  String errorText() {
    try (var in = Files.newInputStream(errors)) {
      in.skipNBytes(Math.max(0, Files.size(errors) - MAX_ERROR_BYTES));
      return new String(in.readNBytes(MAX_ERROR_BYTES)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The same in one line, without the name of the program. */
  String errorLine() {
    return errorText()
        .lines()
        .map(line -> line.replaceFirst("^\\S*qemu\\S*: ", "").strip())
        .collect(Collectors.joining("; "));
  }

  void delete() {
    for (Path file : new Path[] {qmp, console, agent, keep, errors}) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The directory is its owner's to remove; a file that stays there does no harm.
      }
    }
  }
}
