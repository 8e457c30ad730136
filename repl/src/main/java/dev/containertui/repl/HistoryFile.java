package dev.containertui.repl;

import dev.containertui.repl.console.ConsoleOutput;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.LineReader;

/** The typed lines of earlier sessions; readable by their author only, as they may hold secrets. */
final class HistoryFile {
  private HistoryFile() {}

  static void prepare(Path file, ConsoleOutput output) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException e) {
      return; // the usual case
    } catch (IOException e) {
      output.println("the history cannot be kept in " + file + ": " + e.getMessage());
    }
  }

  static void save(LineReader reader, ConsoleOutput output) {
    try {
      reader.getHistory().save();
    } catch (IOException e) {
      output.println("the history was not saved: " + e.getMessage());
    }
  }
}
