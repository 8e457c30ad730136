package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * An answer of JSON objects, one a line, while the work goes on. It begins with the first line, so
 * that a failure before it has its status. Its writer may be called from threads of the work.
 */
final class JsonLines {
  /** The work, which says how it goes. */
  interface Work {
    void run(JsonLines lines) throws IOException;
  }

  private final Request request;
  private OutputStream body;
  private IOException failure;

  private JsonLines(Request request) {
    this.request = request;
  }

  /** Does the work and tells its failure, in the status or in a line. Ends when the client goes. */
  static void answer(Request request, Work work) throws IOException {
    JsonLines lines = new JsonLines(request);
    request.exchange().endWithClient();
    try {
      work.run(lines);
    } catch (EngineException e) {
      if (!request.exchange().isAnswered() || e.kind() == Kind.CANCELLED) {
        throw e;
      }
      lines.write(Failures.line(e));
    }
    lines.close();
  }

  /**
   * Writes a line.
   *
   * @throws EngineException CANCELLED if the client is gone: so the work ends
   */
  synchronized void write(JsonNode json) {
    try {
      if (failure != null) {
        throw failure;
      }
      if (body == null) {
        body = request.exchange().stream(200, Request.JSON);
      }
      byte[] line = Json.bytes(json);
      line[line.length - 1] = '\r';
      body.write(line);
      body.write('\n');
      body.flush();
    } catch (IOException e) {
      failure = e;
      throw new EngineException(Kind.CANCELLED, "the client is gone", new UncheckedIOException(e));
    }
  }

  private synchronized void close() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (body == null) {
      body = request.exchange().stream(200, Request.JSON);
    }
    body.close();
  }
}
