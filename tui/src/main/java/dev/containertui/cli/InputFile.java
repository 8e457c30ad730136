package dev.containertui.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Where {@code load} and {@code import} read their archive: a file or standard input. */
final class InputFile {
  private InputFile() {}

  /**
   * @param file null: standard input, which must not be a terminal
   */
  static <T> T read(CliContext context, Path file, Function<InputStream, T> reader) {
    if (file == null) {
      if (context.io().inIsTerminal()) {
        throw new CommandFailure(
            ExitCodes.FAILURE,
            "requested load from stdin, but stdin is a terminal",
            "name a file or redirect");
      }
      return Cancellable.call(context, () -> reader.apply(context.io().in()));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Cancellable.call(context, () -> reader.apply(in));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.FAILURE, "cannot read " + file, "does it exist, and may you read it?");
    }
  }
}
