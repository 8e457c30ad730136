package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;

/** One request and its answer. For one thread, except that the answer's body may go to another. */
public final class Exchange {
  private final ClassicHttpRequest request;
  private final String target;
  private final RequestBody body;
  private final Connection connection;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final boolean persistent;
  private ResponseBody stream;
  private boolean answered;
  private boolean takenOver;
  private volatile boolean endsWithClient;

  Exchange(ClassicHttpRequest request, String target, RequestBody body, Connection connection) {
    this.request = request;
    this.target = target;
    this.body = body;
    this.connection = connection;
    this.persistent =
        isModern(request) && !header("Connection").orElse("").equalsIgnoreCase("close");
  }

  /** Whether the client speaks HTTP/1.1: chunks, persistent connections, 100 Continue. */
  static boolean isModern(ClassicHttpRequest request) {
    return request.getVersion() == null || request.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
  }

  /** As it was sent; methods are upper case. */
  public String method() {
    return request.getMethod();
  }

  /** Path as it was sent: percent-encoded, without the query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Query as it was sent: percent-encoded; empty if there is none. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  public Optional<String> header(String name) {
    Header first = request.getFirstHeader(name);
    return Optional.ofNullable(first).map(Header::getValue);
  }

  /** The request's body; need not be read. */
  public InputStream body() {
    return body;
  }

  /**
   * All of the request's body.
   *
   * @throws Failure 413 if it is longer than {@code maxBytes}
   */
  public byte[] bytes(int maxBytes) throws IOException {
    byte[] all = body.readNBytes(maxBytes + 1);
    if (all.length > maxBytes) {
      throw new Failure(413, "the request's body has more than " + maxBytes + " bytes");
    }
    return all;
  }

  /** Sets a header of the answer. */
  public void setHeader(String name, String value) {
    headers.put(name, value);
  }

  /** Answers with a body that is all there; it may be empty. */
  public void answer(int status, String contentType, byte[] content) throws IOException {
    begin(status);
    boolean bodiless = status == 204 || status == 304;
    if (!bodiless) {
      if (content.length > 0 || !contentType.isEmpty()) {
        headers.put("Content-Type", contentType);
      }
      headers.put("Content-Length", Integer.toString(content.length));
    }
    byte[] head = head(status);
    boolean noContent = bodiless || method().equals("HEAD");
    byte[] all = new byte[head.length + (noContent ? 0 : content.length)];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, all.length - head.length);
    connection.output().write(all);
  }

  /**
   * Answers with a body of unknown length; the head is sent at once. Closing the stream completes
   * the answer; if the handler returns without, the client sees that it was broken off.
   */
  public OutputStream stream(int status, String contentType) throws IOException {
    begin(status);
    boolean chunked = isModern(request);
    headers.put("Content-Type", contentType);
    if (chunked) {
      headers.put("Transfer-Encoding", "chunked");
    }
    connection.output().write(head(status));
    stream = new ResponseBody(connection.output(), chunked);
    return stream;
  }

  /**
   * Takes the connection over for other than HTTP, as Docker does it: with 101 if the client asked
   * for an upgrade, else with 200 and a body without end. The connection ends with the handler.
   */
  public Takeover takeOver(String contentType) throws IOException {
    begin(101);
    takenOver = true;
    headers.put("Content-Type", contentType);
    boolean upgrade = header("Upgrade").isPresent();
    if (upgrade) {
      headers.put("Connection", "Upgrade");
      headers.put("Upgrade", "tcp");
    }
    connection.output().write(head(upgrade ? 101 : 200));
    return new Takeover(connection.channel(), connection.rawInput(), connection.output());
  }

  private void begin(int status) {
    if (answered) {
      throw new IllegalStateException("answered already; cannot answer " + status);
    }
    answered = true;
  }

  private byte[] head(int status) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(Status.reason(status));
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    if (!persistent && !takenOver) {
      head.append("\r\nConnection: close");
    }
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * From now on the handler's thread is interrupted when the client closes its side: what is asked
   * for is of no use without it.
   */
  public void endWithClient() {
    endsWithClient = true;
    connection.checkClient();
  }

  boolean endsWithClient() {
    return endsWithClient;
  }

  /** Whether an answer has been begun, so that another cannot be given. */
  public boolean isAnswered() {
    return answered;
  }

  boolean isComplete() {
    return answered && !takenOver && (stream == null || stream.isClosed());
  }

  boolean isTakenOver() {
    return takenOver;
  }

  boolean isPersistent() {
    return persistent;
  }

  RequestBody requestBody() {
    return body;
  }
}
