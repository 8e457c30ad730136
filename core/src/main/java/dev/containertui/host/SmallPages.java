package dev.containertui.host;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Starts programs whose memory is made of the processor's usual pages alone, also where they ask
 * for huge ones ({@code PR_SET_THP_DISABLE} of prctl(2), Linux).
 *
 * <p>A program inherits that from the process that starts it. So this process does without for the
 * moment of a start; what huge pages it has, it keeps.
 */
public final class SmallPages {
  /** How many starts are under way, and whether it was this class that asked for small pages. */
  private static int starting;

  private static boolean asked;

  private SmallPages() {}

  /** As {@link ProcessBuilder#start}; just that where the system knows no such wish. */
  public static Process start(ProcessBuilder program) throws IOException {
    begin();
    try {
      return program.start();
    } finally {
      end();
    }
  }

  private static synchronized void begin() {
    if (starting++ == 0) {
      asked =
          Prctl.call(Prctl.GET_THP_DISABLE, 0) == 0 && Prctl.call(Prctl.SET_THP_DISABLE, 1) == 0;
    }
  }

  private static synchronized void end() {
    if (--starting == 0 && asked) {
      Prctl.call(Prctl.SET_THP_DISABLE, 0);
    }
  }

  private static final class Prctl {
    static final int SET_THP_DISABLE = 41;
    static final int GET_THP_DISABLE = 42;

    private static final Optional<MethodHandle> FUNCTION =
        CLibrary.find(
            "prctl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    /** Negative if it failed, or if there is no such function. */
    static int call(int option, long value) {
      if (FUNCTION.isEmpty()) {
        return -1;
      }
      try {
        return (int) FUNCTION.get().invokeExact(option, value, 0L, 0L, 0L);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }
}
