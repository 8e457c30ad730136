package dev.containertui.cli;

import dev.containertui.host.CLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * Ends the process without the JVM's farewell: HotSpot waits 300 ms for threads in native code, and
 * the poller of the virtual threads is always in it. That would be a fifth of a short container's
 * life.
 */
final class ProcessExit {
  private static volatile MethodHandle exit;

  private ProcessExit() {}

  /**
   * Looks the C function up, in the background; commands that end before then do without.
   *
   * @param headStart of the command's own work, until a CPU of this host has nothing to do
   */
  static void prepare(Duration headStart) {
    Thread.ofPlatform()
        .daemon()
        .name("prepare-exit")
        .start(
            () -> {
              try {
                Thread.sleep(headStart);
                exit = lookUp();
              } catch (InterruptedException | RuntimeException | LinkageError e) {
                // System.exit does it as well, only later.
              }
            });
  }

  static MethodHandle lookUp() {
    return CLibrary.function("_exit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }

  /**
   * Never returns. Shutdown hooks do not run if {@link #prepare} has done its work: whatever has to
   * be closed is closed.
   */
  static void now(int code) {
    System.out.flush();
    System.err.flush();
    MethodHandle function = exit;
    if (function != null) {
      try {
        function.invokeExact(code);
      } catch (Throwable e) {
        // Not from a C function without a return.
      }
    }
    System.exit(code);
  }
}
