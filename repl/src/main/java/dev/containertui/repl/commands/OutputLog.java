package dev.containertui.repl.commands;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Reads what a process writes as it comes, so that the process never stalls. */
final class OutputLog {
  private final OutputBuffer output;
  private final OutputBuffer errors;
  private final OutputBuffer both;
  private final List<Thread> readers;

  /**
   * @param limitBytes of each stream that are kept: the last ones
   */
  OutputLog(Process process, int limitBytes) {
    output = new OutputBuffer(limitBytes);
    errors = new OutputBuffer(limitBytes);
    both = new OutputBuffer(limitBytes);
    readers =
        List.of(
            Thread.startVirtualThread(() -> drain(process.getInputStream(), output)),
            Thread.startVirtualThread(() -> drain(process.getErrorStream(), errors)));
  }

  private void drain(InputStream from, OutputBuffer to) {
    byte[] chunk = new byte[32 * 1024];
    try (from) {
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.append(chunk, n);
        both.append(chunk, n);
      }
    } catch (IOException e) {
      // The machine went away: what has arrived is all there will be.
      return;
    }
  }

  /** Waits until both streams have ended, at most so long. */
  void awaitEnd(Duration limit) throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(limit);
    }
  }

  String output() {
    return output.text();
  }

  byte[] outputBytes() {
    return output.bytes();
  }

  String errors() {
    return errors.text();
  }

  /** Both streams in the order in which they arrived. */
  String text() {
    return both.text();
  }

  boolean dropped() {
    return output.dropped() || errors.dropped();
  }
}
