package dev.containertui.engine.api.client;

import dev.containertui.engine.api.own.OwnFields;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Socket;

/** A connection that carries bytes both ways, each direction until its end. */
final class Hijacked implements AutoCloseable {
  private final Response response;
  private final Socket socket;
  private final BufferedSource source;
  private final BufferedSink sink;

  Hijacked(Response response) {
    this.response = response;
    socket = response.socket();
    source = Okio.buffer(socket.getSource());
    sink = Okio.buffer(socket.getSink());
  }

  /** {@link ApiClient#engine} of the other end. */
  String engine() {
    return response.header(OwnFields.ENGINE_HEADER, "");
  }

  InputStream input() {
    return source.inputStream();
  }

  /** Each write goes out with a flush; closing it closes this direction only. */
  OutputStream output() {
    return sink.outputStream();
  }

  /** Ends both directions, also under those who wait for them. */
  @Override
  public void close() {
    socket.cancel();
    // OkHttp takes the connection for lost as long as one of its directions has not been closed.
    closeQuietly(socket.getSource());
    closeQuietly(socket.getSink());
    response.close();
  }

  private static void closeQuietly(Closeable direction) {
    try {
      direction.close();
    } catch (IOException e) {
      // It has been cancelled.
    }
  }
}
