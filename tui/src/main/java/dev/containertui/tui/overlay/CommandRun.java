package dev.containertui.tui.overlay;

import dev.containertui.tui.vt.CharWidth;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * A command that runs, and what it has written. Written by its thread, read while drawing; keeps
 * the last lines only.
 */
final class CommandRun extends OutputStream {
  private static final int MAX_LINES = 5000;
  private static final int MAX_LINE = 4096;

  private final String line;
  private final Runnable changed;
  private final Deque<String> lines = new ArrayDeque<>();
  private final java.io.ByteArrayOutputStream last = new java.io.ByteArrayOutputStream();
  private OptionalInt exitCode = OptionalInt.empty();
  private Thread thread;

  CommandRun(String line, Runnable changed) {
    this.line = line;
    this.changed = changed;
  }

  /** What was typed. */
  String line() {
    return line;
  }

  synchronized void runsOn(Thread worker) {
    thread = worker;
  }

  synchronized void cancel() {
    if (thread != null && exitCode.isEmpty()) {
      thread.interrupt();
    }
  }

  synchronized void ended(int code) {
    exitCode = OptionalInt.of(code);
    changed.run();
  }

  synchronized OptionalInt exitCode() {
    return exitCode;
  }

  synchronized List<String> output() {
    List<String> all = new ArrayList<>(lines);
    if (last.size() > 0) {
      all.add(last.toString(StandardCharsets.UTF_8));
    }
    return all;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      lines.addLast(last.toString(StandardCharsets.UTF_8).replace("\t", "    "));
      if (lines.size() > MAX_LINES) {
        lines.removeFirst();
      }
      last.reset();
    } else if (b == '\r') {
      // A line that is written over; CR LF ends one all the same.
    } else if (last.size() < MAX_LINE) {
      last.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      write(bytes[offset + i]);
    }
    changed.run();
  }

  /** Cells of the longest line. */
  synchronized int width() {
    return output().stream().mapToInt(CharWidth::of).max().orElse(0);
  }
}
