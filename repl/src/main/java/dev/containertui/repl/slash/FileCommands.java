package dev.containertui.repl.slash;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.jshell.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jline.terminal.Attributes;

/** The commands that read and write files. */
final class FileCommands {
  private final Desk desk;
  private final Evaluation evaluation;

  FileCommands(Desk desk, Evaluation evaluation) {
    this.desk = desk;
    this.evaluation = evaluation;
  }

  OptionalInt save(String file) {
    List<String> accepted = evaluation.accepted();
    Path path = path("/save", file);
    try {
      Files.writeString(path, String.join("\n", accepted) + (accepted.isEmpty() ? "" : "\n"));
    } catch (IOException e) {
      throw new EngineException(
          Kind.INVALID, "cannot write " + path + ": " + reason(e), "choose another file", e);
    }
    desk.output().println(accepted.size() + " snippets written to " + path);
    return OptionalInt.empty();
  }

  OptionalInt load(String file) {
    Path path = path("/load", file);
    return evaluation.file(ScriptFile.read(path));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "no such file or directory";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static Path path(String command, String file) {
    if (file.isEmpty()) {
      throw new EngineException(Kind.INVALID, command + " needs the name of a file");
    }
    try {
      return HostPaths.of(file);
    } catch (InvalidPathException e) {
      throw new EngineException(Kind.INVALID, "not a file name: " + file, e);
    }
  }

  /** The program for {@code /edit}. */
  static String editor(Desk desk) {
    for (String editor :
        List.of(
            desk.settings().get(Setting.EDITOR),
            desk.environment().getOrDefault("VISUAL", ""),
            desk.environment().getOrDefault("EDITOR", ""))) {
      if (!editor.isBlank()) {
        return editor;
      }
    }
    return "vi";
  }

  OptionalInt edit(String number) {
    if (!desk.ownsTerminal()) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "an editor needs a terminal of its own",
          "Alt-Enter makes a line of several");
    }
    String text = chosen(number);
    Path file = null;
    try {
      file = Files.createTempFile("container-tui-", ".jsh"); // readable by its owner only
      Files.writeString(file, text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
      runEditor(file);
      String edited = ScriptFile.read(file).text().strip();
      if (edited.isEmpty()) {
        return OptionalInt.empty();
      }
      desk.output().println(edited);
      return evaluation.typed(edited);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "the editor " + editor(desk) + " cannot be run: " + e.getMessage(),
          "/set editor NAME chooses another",
          e);
    } finally {
      remove(file);
    }
  }

  private static void remove(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // it stays in the directory for such files, readable by its owner only
    }
  }

  private String chosen(String number) {
    List<String> lines = desk.lines().get();
    if (number.isEmpty()) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (!lines.get(i).startsWith("/")) {
          return lines.get(i);
        }
      }
      return "";
    }
    try {
      return lines.get(Integer.parseInt(number) - 1);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new EngineException(
          Kind.INVALID, "there is no line " + number, "/history tells their numbers", e);
    }
  }

  private void runEditor(Path file) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", editor(desk) + " \"$1\"", "edit"));
    command.add(file.toString());
    Attributes before = desk.terminal().getAttributes();
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("it ended with exit code " + code);
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } finally {
      desk.terminal().setAttributes(before);
    }
  }
}
