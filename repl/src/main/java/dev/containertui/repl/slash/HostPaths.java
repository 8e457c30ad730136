package dev.containertui.repl.slash;

import dev.containertui.repl.console.Completion;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names of files on this host, for commands that read and write them. */
final class HostPaths {
  private static final int MOST = 2000;

  private HostPaths() {}

  static Completion.Candidates complete(int start, String typed) {
    int slash = typed.lastIndexOf('/') + 1;
    List<Completion> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(of(typed.substring(0, slash)))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (names.size() == MOST || name.chars().anyMatch(Character::isISOControl)) {
          continue;
        }
        boolean directory = Files.isDirectory(file);
        String text = directory ? name + "/" : name;
        names.add(new Completion(text, text, "", !directory));
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return new Completion.Candidates(start, List.of());
    }
    return Completion.Candidates.of(start + slash, typed.substring(slash), names);
  }

  /** A path as the user writes it: {@code ~} is the home directory. */
  static Path of(String path) {
    if (path.equals("~") || path.startsWith("~/")) {
      return Path.of(System.getProperty("user.home") + path.substring(1));
    }
    return Path.of(path);
  }
}
