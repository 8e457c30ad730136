package dev.containertui.engine.api.client;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Sends what a stream gives, in pieces, as it comes; once. */
final class StreamBody extends RequestBody {
  private static final int PIECE_BYTES = 1 << 16;

  private final MediaType type;
  private final InputStream source;

  StreamBody(MediaType type, InputStream source) {
    this.type = type;
    this.source = source;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int n = source.read(piece); n >= 0; n = source.read(piece)) {
      sink.write(piece, 0, n);
    }
  }
}
