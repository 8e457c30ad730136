package dev.containertui.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small text files that options name: variables, labels. */
final class TextFile {
  private static final int MAX_BYTES = 4 << 20;

  private TextFile() {}

  /**
   * Reads one; it may be a pipe.
   *
   * @param kind what it is, for error messages
   */
  static String read(Path file, String kind, int exitCode) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CommandFailure(exitCode, kind + " " + file + " is larger than 4 MiB", "");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new CommandFailure(exitCode, kind + " " + file + " is not UTF-8", "");
    } catch (IOException e) {
      throw new CommandFailure(
          exitCode, "cannot read " + kind + " " + file, "does it exist, and may you read it?");
    }
  }
}
