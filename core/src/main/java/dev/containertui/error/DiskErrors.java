package dev.containertui.error;

import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the file system says into what a person can act on. */
public final class DiskErrors {
  private DiskErrors() {}

  /**
   * The exception for a failed access.
   *
   * @param what what could not be done, as in "cannot write the image store"
   * @param path on which path; named in the message
   */
  public static EngineException of(String what, Path path, IOException cause) {
    if (cause instanceof ClosedByInterruptException
        || cause instanceof FileLockInterruptionException) {
      return new EngineException(Kind.CANCELLED, what + ": interrupted", cause);
    }
    if (isFull(cause)) {
      return new EngineException(
          Kind.EXHAUSTED,
          what + ": no space left on the disk of " + path,
          "free some space there, for example by removing images that are not needed",
          cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new EngineException(
          Kind.UNAVAILABLE,
          what + ": access to " + path + " is denied",
          "check its owner and permissions",
          cause);
    }
    return new EngineException(
        Kind.UNAVAILABLE, what + ": " + path + ": " + reason(cause), "", cause);
  }

  /** Whether a disk or a quota is full. */
  public static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("quota exceeded")
        || text.contains("file too large");
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException fs && fs.getReason() != null) {
      return fs.getReason();
    }
    String name = e.getClass().getSimpleName();
    return e instanceof FileSystemException || e.getMessage() == null ? name : e.getMessage();
  }
}
