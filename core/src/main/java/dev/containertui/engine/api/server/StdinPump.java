package dev.containertui.engine.api.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The thread that carries a client's input to a process. When the client has closed its side, the
 * process's input is closed; output goes on.
 */
final class StdinPump {
  private static final int BUFFER_BYTES = 32 << 10;

  private final InputStream client;
  private final OutputStream process;
  private final DetachKeys keys;
  private final Runnable onDetach;
  private final Thread thread;

  /**
   * @param keys null: none lets go
   * @param onDetach called by the thread when the keys were typed
   */
  StdinPump(InputStream client, OutputStream process, DetachKeys keys, Runnable onDetach) {
    this.client = client;
    this.process = process;
    this.keys = keys;
    this.onDetach = onDetach;
    this.thread = Thread.ofVirtual().name("api-stdin").start(this::run);
  }

  private void run() {
    try {
      if (!copy()) {
        onDetach.run();
        return;
      }
    } catch (IOException | RuntimeException e) {
      // The process takes no more, or the client is gone: both end the input.
    }
    try {
      process.close();
    } catch (IOException | RuntimeException e) {
      // The process has ended.
    }
  }

  /** Whether it went on to the end, and was not left by the keys. */
  private boolean copy() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = client.read(buffer); count >= 0; count = client.read(buffer)) {
      if (keys == null) {
        process.write(buffer, 0, count);
      } else {
        DetachKeys.Typed typed = keys.feed(buffer, count);
        process.write(typed.bytes());
        if (typed.detached()) {
          process.flush();
          return false;
        }
      }
      process.flush();
    }
    if (keys != null) {
      process.write(keys.rest());
    }
    return true;
  }

  /** Returns when the client has closed its side, or the process takes no more. */
  void await() throws InterruptedException {
    thread.join();
  }

  /** Breaks off what it does. */
  void breakOff() {
    thread.interrupt();
  }

  /** The same; returns when its thread has ended. */
  void stop() throws InterruptedException {
    breakOff();
    thread.join();
  }
}
