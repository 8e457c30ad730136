package dev.containertui.engine.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.api.own.BuildId;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Requests to an engine, on the caller's thread: interrupting it closes the connection, which the
 * engine takes for a cancellation.
 *
 * <p>Each request has a connection of its own: that costs microseconds on a Unix socket, and none
 * is ever found closed by the other side.
 */
final class ApiClient implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType TAR = MediaType.get("application/x-tar");
  private static final RequestBody NOTHING = RequestBody.create(new byte[0], null);
  private static final int PIECE_BYTES = 1 << 16;
  private static final int MAX_ERROR_BYTES = 1 << 20;

  /** For answers that take no work: an engine that has not given one by then never will. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Path socket;

  /** Bound on threads that only look. */
  private static final ScopedValue<Boolean> WATCHING = ScopedValue.newInstance();

  private final Duration answerWithin;
  private final Runnable revive;
  private final Consumer<String> notices;
  private final OkHttpClient http;

  /** The {@link OwnFields#BUILD_HEADER} of the last answer. */
  private volatile String build = "";

  /** The {@link OwnFields#ENGINE_HEADER} of the last answer. */
  private volatile String engine = "";

  /**
   * @param revive called if nobody listens at the socket, before the only other attempt
   * @param notices told if the engine is of another build than this program
   */
  ApiClient(Path socket, Runnable revive, Consumer<String> notices) {
    this(socket, revive, notices, ANSWER);
  }

  /** The same with another time for what is answered at once. */
  ApiClient(Path socket, Runnable revive, Consumer<String> notices, Duration answerWithin) {
    this.answerWithin = answerWithin;
    this.socket = socket;
    this.revive = revive;
    this.notices = notices;
    http =
        new OkHttpClient.Builder()
            .socketFactory(new UnixSocketFactory(socket))
            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
            .proxy(Proxy.NO_PROXY)
            // Else OkHttp reads all certificates of the system before its first request.
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .fastFallback(false)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  /** A path below the API's root and its query, to be built with {@link HttpUrl.Builder}. */
  static HttpUrl.Builder url(String... segments) {
    HttpUrl.Builder url = new HttpUrl.Builder().scheme("http").host("localhost");
    for (String segment : segments) {
      url.addPathSegment(segment);
    }
    return url;
  }

  /** An image's name is part of the path as it is, slashes included. */
  static HttpUrl.Builder imageUrl(String reference, String... more) {
    HttpUrl.Builder url = url("images");
    for (String segment : reference.split("/", -1)) {
      url.addPathSegment(segment);
    }
    for (String segment : more) {
      url.addPathSegment(segment);
    }
    return url;
  }

  JsonNode get(HttpUrl.Builder url) {
    return json(new Request.Builder().url(url.build()), true);
  }

  JsonNode delete(HttpUrl.Builder url) {
    return json(new Request.Builder().url(url.build()).delete(), false);
  }

  /** POST without a body; waits for the answer as long as it takes. */
  JsonNode post(HttpUrl.Builder url) {
    return json(new Request.Builder().url(url.build()).post(NOTHING), false);
  }

  JsonNode post(HttpUrl.Builder url, JsonNode body) {
    return json(new Request.Builder().url(url.build()).post(body(body)), false);
  }

  /** Sends a stream; reads the answer's JSON. */
  JsonNode send(String method, HttpUrl.Builder url, InputStream archive) {
    return json(
        new Request.Builder().url(url.build()).method(method, new StreamBody(TAR, archive)), false);
  }

  /** POST that may find nothing to do (304 Not Modified); whether there was something. */
  boolean postChanges(HttpUrl.Builder url) {
    try (Response response = open(new Request.Builder().url(url.build()).post(NOTHING))) {
      return response.code() != 304;
    }
  }

  /** Output of a container, as the answer to a request. */
  RecordStream records(HttpUrl.Builder url, boolean framed) {
    Answer answer = stream(new Request.Builder().url(url.build()));
    return new RecordStream(answer.body(), framed, answer::cancel);
  }

  static RequestBody body(JsonNode json) {
    return RequestBody.create(Json.write(json), JSON);
  }

  private JsonNode json(Request.Builder request, boolean soon) {
    Request made = request.build();
    try (Response response = open(made, soon)) {
      return Json.read(response.body().byteStream());
    } catch (JsonProcessingException e) {
      throw new EngineException(
          Kind.CORRUPT, "the engine's answer to " + made.url().encodedPath() + " is not JSON", e);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The answer of a request that succeeded, its body still to be read; the caller closes it. */
  Response open(Request.Builder request) {
    return open(request.build(), false);
  }

  /** An answer that goes on and on. */
  Answer stream(Request.Builder request) {
    return open(http.newCall(request.build()));
  }

  /** The same of an engine that begins to answer at once; how long its body takes is open. */
  Answer streamSoon(Request.Builder request) {
    Call call = http.newCall(request.build());
    AtomicBoolean late = new AtomicBoolean();
    Thread deadline =
        Thread.ofVirtual()
            .name("deadline")
            .start(
                () -> {
                  try {
                    Thread.sleep(answerWithin);
                    late.set(true);
                    call.cancel();
                  } catch (InterruptedException e) {
                    // it came in time
                  }
                });
    try {
      return open(call);
    } catch (EngineException e) {
      throw late.get() ? late(e) : e;
    } finally {
      deadline.interrupt();
    }
  }

  private EngineException late(Exception cause) {
    return new EngineException(
        Kind.TIMEOUT, "the engine did not answer within " + answerWithin.toSeconds() + " s", cause);
  }

  /** Within {@code look} no engine is started that is not there. */
  static <T> T watch(Supplier<T> look) {
    return ScopedValue.where(WATCHING, true).call(look::get);
  }

  /**
   * An answer of which the head is there.
   *
   * @param call to be cancelled: closing the response would wait for its rest
   */
  record Answer(Call call, Response response) {
    InputStream body() {
      return response.body().byteStream();
    }

    /** Ends it, also under who reads it. */
    void cancel() {
      call.cancel();
    }
  }

  private Response open(Request request, boolean soon) {
    Call call = http.newCall(request);
    if (soon) {
      call.timeout().timeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
    }
    return open(call).response();
  }

  private Answer open(Call first) {
    Call call = first;
    Response response;
    try {
      response = call.execute();
    } catch (IOException e) {
      if (!isAbsent(e) || WATCHING.isBound() || Thread.currentThread().isInterrupted()) {
        throw failure(e);
      }
      revive.run();
      try {
        call = first.clone();
        response = call.execute();
      } catch (IOException again) {
        throw failure(again);
      }
    }
    if (response.code() < 300 || response.code() == 304) {
      compareBuilds(response.header(OwnFields.BUILD_HEADER, ""));
      engine = response.header(OwnFields.ENGINE_HEADER, "");
      return new Answer(call, response);
    }
    try (Response refused = response) {
      throw ApiError.of(refused.code(), errorBody(refused), refused.message());
    }
  }

  private void compareBuilds(String told) {
    if (!told.isEmpty() && build.isEmpty() && !told.equals(BuildId.ofThisProcess())) {
      notices.accept(
          "the engine is of another build than this program: container-tui engine restart");
    }
    build = told.isEmpty() ? build : told;
  }

  /** Which engine gave the last answer; empty if it is not one of ours. */
  String engine() {
    return engine;
  }

  /**
   * Whether the engine has been stopped on purpose, and no other has come: that takes the socket
   * away, a crash leaves it.
   */
  boolean isStopped() {
    return !Files.exists(socket);
  }

  /** Whether the engine is one of ours; asks it if it has not said yet. */
  boolean isOurs() {
    if (build.isEmpty()) {
      get(url("version"));
    }
    return !build.isEmpty();
  }

  private static JsonNode errorBody(Response response) {
    try {
      byte[] bytes = response.body().byteStream().readNBytes(MAX_ERROR_BYTES);
      return Json.read(new java.io.ByteArrayInputStream(bytes));
    } catch (IOException e) {
      return Json.object();
    }
  }

  /** Writes the body of an answer somewhere, as it comes. */
  void copy(HttpUrl.Builder url, OutputStream target) {
    try (Response response = open(new Request.Builder().url(url.build()))) {
      InputStream in = response.body().byteStream();
      byte[] piece = new byte[PIECE_BYTES];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        write(target, piece, n);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The first bytes of an answer; the rest is not awaited. */
  byte[] start(HttpUrl.Builder url, int limitBytes) {
    Answer answer = stream(new Request.Builder().url(url.build()));
    try (InputStream in = answer.body()) {
      return in.readNBytes(limitBytes);
    } catch (IOException e) {
      throw failure(e);
    } finally {
      answer.cancel();
    }
  }

  private static void write(OutputStream target, byte[] piece, int length) {
    try {
      target.write(piece, 0, length);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot write: " + e.getMessage(), e);
    }
  }

  /** Switches the connection to a plain stream of bytes (101 UPGRADED), as attach and exec do. */
  Hijacked hijack(HttpUrl.Builder url, RequestBody body) {
    Request.Builder request =
        new Request.Builder()
            .url(url.build())
            .header("Connection", "Upgrade")
            .header("Upgrade", "tcp")
            .post(body);
    Response response = open(request);
    if (response.socket() == null) {
      try (response) {
        throw new EngineException(
            Kind.UNAVAILABLE, "the engine does not switch protocols: " + response.code());
      }
    }
    return new Hijacked(response);
  }

  Hijacked hijack(HttpUrl.Builder url) {
    return hijack(url, NOTHING);
  }

  /** Whether nobody listens, so that nothing can have been done. */
  private static boolean isAbsent(IOException e) {
    return e instanceof ConnectException;
  }

  /** What went wrong between here and the engine. */
  EngineException failure(IOException e) {
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      return new EngineException(Kind.CANCELLED, "cancelled", e);
    } else if (e instanceof java.io.InterruptedIOException) {
      return late(e);
    }
    // An end of the stream has no message, or one that speaks of HTTP.
    boolean brokenOff = e instanceof EOFException || e.getCause() instanceof EOFException;
    return new EngineException(
        Kind.UNAVAILABLE,
        "the engine at "
            + socket
            + (brokenOff
                ? " has broken off the connection"
                : " does not answer: " + e.getMessage()),
        "container-tui engine status; container-tui engine logs",
        e);
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
  }
}
