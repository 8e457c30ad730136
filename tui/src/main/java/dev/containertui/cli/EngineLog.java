package dev.containertui.cli;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The engine's log, from its beginning; and what comes. */
final class EngineLog {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private EngineLog() {}

  static int print(Path file, OutputStream out, boolean follow) {
    try {
      do {
        if (Files.exists(file)) {
          printOne(file, out, follow);
        } else if (follow) {
          Thread.sleep(LOOK_AGAIN);
        }
      } while (follow);
      return ExitCodes.OK;
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Until its end; or, if it is followed, until a new one has its name. */
  private static void printOne(Path file, OutputStream out, boolean follow)
      throws IOException, InterruptedException {
    Object key = Files.getAttribute(file, "unix:ino");
    try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
      while (true) {
        boolean replaced = !Files.exists(file) || !key.equals(Files.getAttribute(file, "unix:ino"));
        copy(log, out);
        if (!follow || replaced) {
          return;
        }
        Thread.sleep(LOOK_AGAIN);
      }
    }
  }

  private static void copy(FileChannel from, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (from.read(buffer) > 0) {
      out.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    out.flush();
  }
}
