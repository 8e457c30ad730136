package dev.containertui.engine.api.http;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one. Called on a virtual thread of the connection's.
   *
   * @throws IOException if the client is gone, or too slow
   */
  void handle(Exchange exchange) throws IOException, InterruptedException;
}
