package dev.containertui.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** Where {@code export} and {@code save} write their archive: a file or standard output. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Lets {@code writer} write; a file gets its name when all of it is there.
   *
   * @param file null: standard output, which must not be a terminal
   */
  static int write(CliContext context, Path file, Consumer<OutputStream> writer) {
    if (file == null) {
      if (context.io().outIsTerminal()) {
        throw new CommandFailure(
            ExitCodes.FAILURE,
            "cowardly refusing to save to a terminal",
            "use the -o option or redirect");
      }
      return toStandardOutput(context, writer);
    }
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw cannotWrite(file, "it is a directory");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return into(target, file, context, writer); // a pipe or a device: it cannot be replaced
    }
    Path partial = null;
    try {
      partial = Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", "");
      int exitCode = into(partial, file, context, writer);
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      return exitCode;
    } catch (IOException e) {
      throw cannotWrite(file, String.valueOf(e.getMessage()));
    } finally {
      deleteQuietly(partial);
    }
  }

  private static int into(
      Path target, Path named, CliContext context, Consumer<OutputStream> writer) {
    try (OutputStream out = Files.newOutputStream(target)) {
      return Cancellable.call(
          context,
          () -> {
            writer.accept(out);
            return ExitCodes.OK;
          });
    } catch (IOException e) {
      throw cannotWrite(named, String.valueOf(e.getMessage()));
    }
  }

  private static int toStandardOutput(CliContext context, Consumer<OutputStream> writer) {
    BrokenPipe out = new BrokenPipe(context.io().out());
    try {
      return Cancellable.call(
          context,
          () -> {
            writer.accept(out);
            return ExitCodes.OK;
          });
    } catch (RuntimeException e) {
      if (out.broken()) {
        return ExitCodes.BROKEN_PIPE;
      }
      throw e;
    }
  }

  private static void deleteQuietly(Path partial) {
    try {
      if (partial != null) {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      // it is only in the way, and the failure that left it there is what counts
    }
  }

  private static CommandFailure cannotWrite(Path file, String why) {
    return new CommandFailure(
        ExitCodes.FAILURE,
        "cannot write to " + file + ": " + why,
        "is its directory there, and may you write to it?");
  }
}
