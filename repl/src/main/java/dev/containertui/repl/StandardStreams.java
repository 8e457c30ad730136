package dev.containertui.repl;

import java.io.PrintStream;

/**
 * Points {@code System.out} and {@code System.err} somewhere else until closed: snippets live in
 * this process and print there.
 */
final class StandardStreams implements AutoCloseable {
  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;

  StandardStreams(PrintStream out, PrintStream err) {
    System.setOut(out);
    System.setErr(err);
  }

  @Override
  public void close() {
    System.out.flush();
    System.err.flush();
    System.setOut(outBefore);
    System.setErr(errBefore);
  }
}
