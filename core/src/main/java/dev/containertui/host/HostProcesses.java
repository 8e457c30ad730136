package dev.containertui.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes that are recognised by what their command line mentions: the path of a directory of
 * ours is part of no other's. A process id alone may be somebody else's by now.
 */
public final class HostProcesses {
  private static final int KILL_SECONDS = 5;

  private HostProcesses() {}

  /** All that mention {@code mark}. */
  public static Stream<ProcessHandle> mentioning(String mark) {
    return ProcessHandle.allProcesses().filter(process -> commandLine(process).contains(mark));
  }

  /** Kills a process, and waits until it is gone. */
  public static void kill(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // SIGKILL has been sent; nothing more can be done.
    }
  }

  /** Its arguments, one after the other; empty if it is gone or not to be seen. */
  public static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }
}
