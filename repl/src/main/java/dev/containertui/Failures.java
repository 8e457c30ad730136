package dev.containertui;

import dev.containertui.container.LinuxSignal;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures in words. */
final class Failures {
  private Failures() {}

  /** Why a file could not be used, without its name. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "access is denied";
      case FileSystemException fs when fs.getReason() != null -> fs.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /** A failure in one line. */
  static String line(Throwable failure) {
    String text = failure.getMessage();
    boolean own = failure instanceof EngineException;
    String type = failure.getClass().getSimpleName();
    return text == null || text.isBlank() ? type : own ? text : type + ": " + text;
  }

  /** A signal's number. */
  static int signal(String method, String name) {
    try {
      return LinuxSignal.number(Args.required(method, "signal", name));
    } catch (EngineException e) {
      throw Args.wrong(method, name, "a signal", "TERM, HUP, USR1 or a number from 1 to 64");
    }
  }
}
