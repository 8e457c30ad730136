package dev.containertui.repl;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on what is written until nobody reads it any more, and tells that once. */
final class ScriptOutput extends OutputStream {
  private final OutputStream out;
  private final Runnable whenUnread;
  private boolean unread;

  ScriptOutput(OutputStream out, Runnable whenUnread) {
    this.out = out;
    this.whenUnread = whenUnread;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (unread) {
      return;
    }
    try {
      out.write(bytes, offset, length);
      out.flush();
    } catch (IOException e) {
      unread = true;
      whenUnread.run();
    }
  }
}
