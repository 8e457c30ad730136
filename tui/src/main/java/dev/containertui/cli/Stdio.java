package dev.containertui.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The three standard streams, and which of them are terminals.
 *
 * @param in unbuffered
 * @param out unbuffered; data only
 * @param err messages and progress, UTF-8
 */
public record Stdio(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /** Those of this process. */
  static Stdio ofProcess() {
    PrintStream err =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), 8192),
            true,
            StandardCharsets.UTF_8);
    return new Stdio(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        err,
        TerminalCheck.isTerminal(0),
        TerminalCheck.isTerminal(1),
        TerminalCheck.isTerminal(2));
  }

  /** A buffered UTF-8 writer to standard output; the caller flushes it. */
  PrintStream data() {
    return new PrintStream(new BufferedOutputStream(out, 65536), false, StandardCharsets.UTF_8);
  }
}
