package dev.containertui.cli;

import org.jline.utils.Signals;

/** Signals that this process receives. */
@FunctionalInterface
public interface HostSignals {
  /**
   * Calls {@code action} on every arrival of a signal, in place of what the JVM does with it.
   *
   * @param name without {@code SIG}: {@code INT}, {@code TERM}, {@code WINCH}, …
   */
  Registration on(String name, Runnable action);

  /** Closing gives the signal back to whoever handled it before. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** The signals of the operating system. */
  static HostSignals ofProcess() {
    return (name, action) -> {
      Object previous = Signals.register(name, action);
      return () -> {
        if (previous != null) {
          Signals.unregister(name, previous);
        }
      };
    };
  }
}
