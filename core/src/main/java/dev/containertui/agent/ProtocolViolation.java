package dev.containertui.agent;

/** The guest sent something that PROTOCOL.md does not allow; the connection ends. */
final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1L;

  ProtocolViolation(String message) {
    super(message);
  }
}
