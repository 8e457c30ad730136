package dev.containertui.repl.jshell;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads a script: UTF-8, at most 16 MiB, line ends of any kind, a first line {@code #!…} or not.
 */
public final class ScriptFile {
  private static final int MOST_BYTES = 16 << 20;

  private ScriptFile() {}

  /**
   * Reads a file, which is called in messages what the caller called it.
   *
   * @throws EngineException NOT_FOUND or INVALID
   */
  public static ScriptText read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new EngineException(Kind.NOT_FOUND, "there is no script " + file);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name in messages
   * @throws EngineException INVALID
   */
  public static ScriptText read(InputStream in, String name) {
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new EngineException(Kind.INVALID, "the script " + name + " is larger than 16 MiB");
      }
      return text(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new EngineException(Kind.INVALID, "the script " + name + " is not UTF-8");
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** A source that is in memory already. */
  public static ScriptText text(String name, String text) {
    return new ScriptText(name, text.replace("\r\n", "\n")).withoutShebang();
  }

  private static EngineException unreadable(String name, IOException e) {
    String why = e.getMessage() == null || e.getMessage().equals(name) ? "" : ": " + e.getMessage();
    return new EngineException(
        Kind.INVALID,
        "cannot read the script " + name + why,
        "is it a file, and may you read it?",
        e);
  }
}
