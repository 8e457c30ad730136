package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends one request and follows where it is sent. Two things are done here and not by OkHttp:
 *
 * <ul>
 *   <li>redirects, because they decide who gets to see a login: the Authorization header stays with
 *       the origin that it was meant for, and TLS is never left;
 *   <li>interruption, because OkHttp's blocking calls do not notice it on every kind of thread.
 * </ul>
 */
final class Http implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;
  private static final String USER_AGENT = "container-tui";

  private final OkHttpClient client;
  private final OkHttpClient uploads;
  private final Duration requestTimeout;

  /** Reads a response, body included; it is closed afterwards. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Response response) throws IOException;
  }

  /**
   * A request to be sent.
   *
   * @param authorization value of the header
   * @param accept value of the header; empty: anything
   * @param rangeStart first byte that is wanted; 0: all
   * @param body of a POST or PUT request; may be sent more than once
   * @param small whether the whole exchange must fit into the request timeout
   */
  record Ask(
      String method,
      HttpUrl url,
      Optional<String> authorization,
      String accept,
      long rangeStart,
      Optional<RequestBody> body,
      boolean small) {

    static Ask document(HttpUrl url, Optional<String> authorization, String accept) {
      return new Ask("GET", url, authorization, accept, 0, Optional.empty(), true);
    }

    static Ask head(HttpUrl url, Optional<String> authorization) {
      return new Ask("HEAD", url, authorization, "", 0, Optional.empty(), true);
    }

    static Ask blob(HttpUrl url, Optional<String> authorization, long rangeStart) {
      return new Ask("GET", url, authorization, "", rangeStart, Optional.empty(), false);
    }

    static Ask form(HttpUrl url, FormBody form) {
      return new Ask("POST", url, Optional.empty(), "", 0, Optional.of(form), true);
    }

    /** Something small that the server is to do. */
    static Ask change(
        String method, HttpUrl url, Optional<String> authorization, RequestBody body) {
      return new Ask(method, url, authorization, "", 0, Optional.of(body), true);
    }

    /** Sends as many bytes as it takes. */
    static Ask upload(HttpUrl url, Optional<String> authorization, RequestBody body) {
      return new Ask("PUT", url, authorization, "", 0, Optional.of(body), false);
    }

    /** Whether its sender can be sent elsewhere with this status. */
    private boolean follows(int status) {
      return switch (status) {
        case 301, 302, 303 -> body.isEmpty();
        // "MUST NOT change the request method" (RFC 9110, section 15.4.8): the body goes along.
        // A form has a secret in it.
        case 307, 308 -> !(body.orElse(null) instanceof FormBody);
        default -> false;
      };
    }
  }

  Http(RegistryOptions options, OkHttpClient.Builder network) {
    client =
        network
            .connectTimeout(options.connectTimeout())
            .readTimeout(options.readTimeout())
            .writeTimeout(options.readTimeout())
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
    requestTimeout = options.requestTimeout();
    // When all has been sent, the server may need a while to check it. And what breaks off is not
    // simply sent again: it may have arrived.
    uploads =
        client.newBuilder().readTimeout(requestTimeout).retryOnConnectionFailure(false).build();
  }

  /**
   * Sends {@code ask} and lets {@code reader} read the response that is no redirect.
   *
   * @throws IOException if the network or the server failed; a later attempt may succeed
   * @throws EngineException if not; CANCELLED if the calling thread was interrupted
   */
  <T> T send(Ask ask, Reader<T> reader) throws IOException {
    AtomicReference<Call> current = new AtomicReference<>();
    FutureTask<T> task = new FutureTask<>(() -> follow(ask, reader, current));
    Thread worker = Thread.ofVirtual().name("registry").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      worker.interrupt();
      Optional.ofNullable(current.get()).ifPresent(Call::cancel);
      joinCancelled(worker, current);
      throw new EngineException(Kind.CANCELLED, "interrupted while talking to " + host(ask), e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        default -> throw new EngineException(Kind.INTERNAL, "request failed", e.getCause());
      }
    }
  }

  /** The worker holds the caller's file: it must be gone before the caller goes on. */
  private static void joinCancelled(Thread worker, AtomicReference<Call> current) {
    while (true) {
      try {
        if (worker.join(Duration.ofMillis(50))) {
          break;
        }
        Optional.ofNullable(current.get()).ifPresent(Call::cancel);
      } catch (InterruptedException again) {
        continue;
      }
    }
    Thread.currentThread().interrupt();
  }

  private <T> T follow(Ask ask, Reader<T> reader, AtomicReference<Call> current)
      throws IOException {
    HttpUrl url = ask.url();
    Optional<String> authorization = ask.authorization();
    for (int redirects = 0; ; redirects++) {
      Call call = call(ask, url, authorization);
      current.set(call);
      if (Thread.interrupted()) {
        throw new IOException("interrupted");
      }
      try (Response response = call.execute()) {
        String location = response.header("Location");
        if (!ask.follows(response.code()) || location == null) {
          return reader.read(response);
        }
        if (redirects == MAX_REDIRECTS) {
          throw refused(ask, "sends us from place to place without end");
        }
        HttpUrl next = url.resolve(location);
        if (next == null) {
          throw refused(ask, "sends us to an address that is none");
        }
        if (!Endpoint.mayLead(url, next)) {
          throw refused(
              ask, "sends us to " + next.scheme() + "://" + next.host() + ", without encryption");
        }
        if (!Endpoint.sameOrigin(url, next)) {
          authorization = Optional.empty();
        }
        url = next;
      } catch (ProtocolException e) {
        throw new IOException("it breaks the rules of HTTP: " + e.getMessage(), e);
      }
    }
  }

  private Call call(Ask ask, HttpUrl url, Optional<String> authorization) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", USER_AGENT)
            // Digests are of the bytes as they are stored; this also keeps OkHttp from unzipping.
            .header("Accept-Encoding", "identity");
    authorization.ifPresent(value -> request.header("Authorization", value));
    if (!ask.accept().isEmpty()) {
      request.header("Accept", ask.accept());
    }
    if (ask.rangeStart() > 0) {
      request.header("Range", "bytes=" + ask.rangeStart() + "-");
    }
    request.method(ask.method(), ask.body().orElse(null));
    boolean upload = ask.body().isPresent() && !ask.small();
    Call call = (upload ? uploads : client).newCall(request.build());
    if (ask.small()) {
      call.timeout().timeout(requestTimeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    return call;
  }

  private static EngineException refused(Ask ask, String how) {
    return new EngineException(
        Kind.UNAVAILABLE, host(ask) + " " + how, "this is the registry's fault, not yours");
  }

  private static String host(Ask ask) {
    return RegistryErrors.hostAndPort(ask.url());
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
