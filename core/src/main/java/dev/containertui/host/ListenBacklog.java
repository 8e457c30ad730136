package dev.containertui.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * How many connections may wait at a listening socket until its process accepts them. QEMU asks for
 * one, so that of a burst most would be dropped, and tried again by their clients after a second.
 * The socket is not ours, but Linux lends it (pidfd_getfd(2)) to who may trace the process: its
 * parent may.
 */
public final class ListenBacklog {
  /** The system's own bound, net.core.somaxconn, is not above that unless somebody raised it. */
  private static final int CONNECTIONS = 4096;

  private ListenBacklog() {}

  /**
   * Makes room at a socket.
   *
   * @param descriptor of the socket in the process
   * @return whether it could be done; else the socket is as it was
   */
  public static boolean widen(long pid, int descriptor) {
    try {
      int process = (int) (long) C.SYSCALL.invoke(C.PIDFD_OPEN, pid, 0L, 0L);
      if (process < 0) {
        return false;
      }
      try {
        int socket =
            (int) (long) C.SYSCALL.invoke(C.PIDFD_GETFD, (long) process, (long) descriptor, 0L);
        if (socket < 0) {
          return false;
        }
        try {
          return (int) C.LISTEN.invoke(socket, CONNECTIONS) == 0;
        } finally {
          int ignored = (int) C.CLOSE.invoke(socket);
        }
      } finally {
        int ignored = (int) C.CLOSE.invoke(process);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Functions of the C library that Java has no equivalent of. */
  private static final class C {
    /** Numbers of system calls, the same on all architectures. */
    static final long PIDFD_OPEN = 434;

    static final long PIDFD_GETFD = 438;

    static final MethodHandle SYSCALL =
        CLibrary.function(
            "syscall",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    static final MethodHandle LISTEN =
        CLibrary.function(
            "listen",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    static final MethodHandle CLOSE =
        CLibrary.function(
            "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }
}
