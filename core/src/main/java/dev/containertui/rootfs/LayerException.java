package dev.containertui.rootfs;

import java.io.IOException;

/** An archive's bytes are not what they must be; the message says how, not in which archive. */
public final class LayerException extends IOException {
  private static final long serialVersionUID = 1L;

  public LayerException(String message) {
    super(message);
  }

  public LayerException(String message, Throwable cause) {
    super(message, cause);
  }
}
