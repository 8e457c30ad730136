package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** A request's body as it comes. */
final class RequestBody extends InputStream {
  private final InputStream content;
  private final ReadAhead source;
  private final Limits limits;
  private Continue beforeFirstRead;
  private boolean ended;

  /** Tells the client to go on, who waits for it (RFC 9110 section 10.1.1). */
  interface Continue {
    void send() throws IOException;
  }

  private RequestBody(InputStream content, ReadAhead source, Limits limits, Continue before) {
    this.content = content;
    this.source = source;
    this.limits = limits;
    this.beforeFirstRead = before;
  }

  /**
   * The body of a request whose head has been read.
   *
   * @param before called before the first read, if the client waits for it; null: it does not
   * @throws HttpException if it is ambiguous how long it is
   */
  static RequestBody of(
      ClassicHttpRequest request,
      SessionInputBuffer buffer,
      ReadAhead source,
      Http1Config config,
      Limits limits,
      Continue before)
      throws HttpException {
    if (request.countHeaders("Content-Length") > 1
        || request.containsHeader("Content-Length")
            && request.containsHeader("Transfer-Encoding")) {
      throw new ProtocolException("it is ambiguous how long the request is");
    }
    long length = DefaultContentLengthStrategy.INSTANCE.determineLength(request);
    if (length == ContentLengthStrategy.UNDEFINED || length == 0) {
      return new RequestBody(InputStream.nullInputStream(), source, limits, null);
    }
    return new RequestBody(
        length == ContentLengthStrategy.CHUNKED
            ? new ChunkedInputStream(buffer, source, config)
            : new ContentLengthInputStream(buffer, source, length),
        source,
        limits,
        before);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (beforeFirstRead != null) {
      beforeFirstRead.send();
      beforeFirstRead = null;
    }
    source.limit(limits.bodyTimeout());
    try {
      int count = content.read(target, offset, length);
      ended = count < 0;
      return count;
    } finally {
      source.unlimit();
    }
  }

  /**
   * Reads on to its end.
   *
   * @param maxBytes of what is left
   * @return whether the end has been reached, so that the next request can be read
   */
  boolean skip(int maxBytes) throws IOException {
    if (beforeFirstRead != null) {
      return false; // The client has sent nothing, and may or may not do so yet.
    }
    byte[] buffer = new byte[8192];
    for (int left = maxBytes; left > 0; ) {
      int count = read(buffer, 0, Math.min(left, buffer.length));
      if (count < 0) {
        return true;
      }
      left -= count;
    }
    return read(buffer, 0, 1) < 0;
  }

  /** The body goes on for the server's sake; a handler does not end it. */
  @Override
  public void close() {}
}
