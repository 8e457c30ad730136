package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** One client's connection: its requests, one after the other. */
final class Connection {
  private static final int BUFFER_BYTES = 8 << 10;

  /** So much of a body that nobody wants is read, rather than closing the connection. */
  private static final int MAX_SKIPPED_BYTES = 256 << 10;

  private static final Duration LINGER = Duration.ofSeconds(2);

  private final SocketChannel channel;
  private final Limits limits;
  private final Handler handler;
  private final ReadAhead source;
  private final HeadLimit head;
  private final OutputStream output;
  private final Http1Config config;
  private final SessionInputBufferImpl buffer;
  private final DefaultHttpRequestParser parser;
  private volatile Thread thread;
  private volatile Exchange current;
  private volatile boolean clientEnded;

  Connection(SocketChannel channel, Limits limits, Handler handler) {
    this.channel = channel;
    this.limits = limits;
    this.handler = handler;
    this.source = new ReadAhead(channel, this::clientEnded);
    this.head = new HeadLimit(source, limits.maxHeadBytes());
    this.output = new SocketOutput(channel);
    this.config =
        Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setMaxLineLength(limits.maxLineBytes())
            .setMaxHeaderCount(limits.maxHeaders())
            .setMaxEmptyLineCount(4)
            .build();
    this.buffer = new SessionInputBufferImpl(BUFFER_BYTES, limits.maxLineBytes());
    this.parser = new DefaultHttpRequestParser(config);
  }

  /** Serves the client until one of both ends it. */
  void run() {
    thread = Thread.currentThread();
    Thread reader = Thread.ofVirtual().name("api-reader").start(source::run);
    try {
      boolean goOn = true;
      while (goOn) {
        goOn = serve();
      }
    } catch (IOException e) {
      // The client is gone or did not keep its time; there is nobody to tell.
    } finally {
      close();
      Thread.interrupted();
      joinQuietly(reader);
    }
  }

  private static void joinQuietly(Thread reader) {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether another request may follow. */
  private boolean serve() throws IOException {
    ClassicHttpRequest request;
    RequestBody body;
    try {
      if (!awaitFirstByte()) {
        return false;
      }
      head.restart();
      source.limit(limits.headDeadline());
      request = parser.parse(buffer, head);
      source.unlimit();
      if (request == null) {
        return false;
      }
      body = body(request);
    } catch (SocketTimeoutException e) {
      return refuse(408, "the request's header has not come in time");
    } catch (MessageConstraintException | RequestHeaderFieldsTooLargeException e) {
      return refuse(431, "the request's header is too large");
    } catch (ConnectionClosedException e) {
      return false;
    } catch (HttpException e) {
      return refuse(400, "not an HTTP request: " + e.getMessage());
    }
    Exchange exchange = new Exchange(request, request.getRequestUri(), body, this);
    String expectation = exchange.header("Expect").orElse("100-continue");
    if (!expectation.equalsIgnoreCase("100-continue")) {
      return refuse(417, "cannot do what is expected: " + expectation);
    }
    current = exchange;
    try {
      handler.handle(exchange);
    } catch (InterruptedException e) {
      return false;
    } finally {
      current = null;
    }
    return finish(exchange);
  }

  /** Waits between requests; the parser could not tell that from a request that is under way. */
  private boolean awaitFirstByte() throws IOException {
    if (buffer.hasBufferedData()) {
      return true;
    }
    source.limit(limits.idleTimeout());
    head.restart();
    try {
      return buffer.fillBuffer(head) > 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private RequestBody body(ClassicHttpRequest request) throws HttpException {
    boolean waits = request.containsHeader("Expect") && Exchange.isModern(request);
    return RequestBody.of(
        request, buffer, source, config, limits, waits ? this::sendContinue : null);
  }

  private void sendContinue() throws IOException {
    if (!current.isAnswered()) {
      output.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes());
    }
  }

  private boolean finish(Exchange exchange) throws IOException {
    if (!exchange.isAnswered()) {
      return refuse(500, "the request has not been answered");
    }
    if (!exchange.isComplete() && !exchange.isTakenOver()) {
      return false;
    }
    if (exchange.isComplete()
        && exchange.isPersistent()
        && exchange.requestBody().skip(MAX_SKIPPED_BYTES)) {
      return true;
    }
    linger();
    return false;
  }

  private boolean refuse(int status, String message) throws IOException {
    byte[] body = Failure.body(message);
    String headText =
        "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, Status.reason(status), body.length);
    output.write(headText.getBytes());
    output.write(body);
    linger();
    return false;
  }

  /**
   * A socket that is closed with bytes unread tells the other side of a failure, which then may not
   * read the answer. So what is on its way is thrown away first, for a while.
   */
  private void linger() throws IOException {
    channel.shutdownOutput();
    source.limit(LINGER);
    try {
      source.transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      // It had its time.
    }
  }

  private void clientEnded() {
    clientEnded = true;
    checkClient();
  }

  /** Interrupts a handler that is to end with the client, if the client has ended. */
  void checkClient() {
    Exchange exchange = current;
    if (clientEnded && exchange != null && exchange.endsWithClient()) {
      thread.interrupt();
    }
  }

  SocketChannel channel() {
    return channel;
  }

  OutputStream output() {
    return output;
  }

  /** What the client sends, beginning with what was read with the request. */
  InputStream rawInput() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return buffer.read(target, offset, length, source);
      }
    };
  }

  /** Ends it from any thread. */
  void close() {
    source.close();
    try {
      channel.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }

  /** Ends it, and what is done for it. */
  void abort() {
    close();
    Thread serving = thread;
    if (serving != null) {
      serving.interrupt();
    }
  }
}
