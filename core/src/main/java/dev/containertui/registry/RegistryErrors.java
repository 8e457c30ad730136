package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** What went wrong at a registry, in words for the person who asked for an image. */
final class RegistryErrors {
  private static final int MAX_ERROR_BYTES = 16 << 10;

  private RegistryErrors() {}

  /**
   * An answer that may be another one later: server errors, too many requests, signed addresses
   * that have expired.
   */
  static final class TryLater extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient EngineException whenFinal;
    private final transient Optional<Duration> retryAfter;

    TryLater(EngineException whenFinal, Optional<Duration> retryAfter) {
      super(whenFinal.getMessage());
      this.whenFinal = whenFinal;
      this.retryAfter = retryAfter;
    }

    EngineException whenFinal() {
      return whenFinal;
    }

    Optional<Duration> retryAfter() {
      return retryAfter;
    }
  }

  /**
   * The exception for a response that is neither success nor 401.
   *
   * @param missing what does not exist if the registry says so, as in "image not found: …"
   * @throws TryLater instead if it may be over soon
   */
  static EngineException of(Response response, Reference reference, String missing)
      throws TryLater {
    int code = response.code();
    HttpUrl url = response.request().url();
    boolean elsewhere = !Endpoint.sameOrigin(url, Endpoint.of(reference, "blobs", "x"));
    String said = said(response);
    String answer =
        hostAndPort(url) + " answers " + status(response) + said + " for " + name(reference);
    if (code == 404 && !elsewhere) {
      return new EngineException(
          Kind.NOT_FOUND,
          missing,
          "check the name and tag; a private image needs a login first: docker login "
              + reference.registry());
    }
    if (code == 429) {
      throw new TryLater(
          new EngineException(
              Kind.UNAVAILABLE,
              answer,
              "the registry limits how often it may be asked: wait a while, or log in"),
          retryAfter(response));
    }
    EngineException error =
        new EngineException(Kind.UNAVAILABLE, answer, "try again later, or ask who runs it");
    if (code >= 500 || code == 408 || elsewhere) {
      throw new TryLater(error, retryAfter(response));
    }
    if (code == 403) {
      return denied(reference, false, said);
    }
    return error;
  }

  static EngineException denied(Reference reference, boolean withLogin, String said) {
    return new EngineException(
        Kind.UNAUTHORIZED,
        reference.registry() + " denies access to " + name(reference) + said,
        "the image does not exist there, or needs "
            + (withLogin ? "another login" : "a login first")
            + ": docker login "
            + reference.registry());
  }

  /** The exception for a registry that could not be reached or broke off for the last time. */
  static EngineException unreachable(Reference reference, IOException e) {
    return unreachable("registry " + reference.registry(), e);
  }

  static EngineException unreachable(String who, IOException e) {
    return switch (e) {
      case TryLater later -> later.whenFinal();
      case UnknownHostException _ ->
          new EngineException(
              Kind.UNAVAILABLE,
              who + " is not to be found: there is no such host",
              "check the name, and that this machine has a network and a name server",
              e);
      case NoRouteToHostException _ ->
          new EngineException(Kind.UNAVAILABLE, who + " cannot be reached", "check the network", e);
      case ConnectException _ ->
          new EngineException(
              Kind.UNAVAILABLE,
              who + " does not answer: connection refused",
              "check that it is running, and its address and port",
              e);
      case InterruptedIOException _ ->
          new EngineException(
              Kind.TIMEOUT, who + " takes too long to answer", "check the network, try again", e);
      case SSLException _ ->
          new EngineException(
              Kind.UNAVAILABLE,
              who + " offers no secure connection that can be trusted: " + Printable.of(text(e)),
              "check its certificate; plain HTTP is used only for registries on this machine",
              e);
      default ->
          new EngineException(
              Kind.UNAVAILABLE,
              who + " broke the connection off: " + Printable.of(text(e)),
              "check the network, try again",
              e);
    };
  }

  /** Whether there is any hope that the same request succeeds a second later. */
  static boolean isPassing(IOException e) {
    return !(e instanceof UnknownHostException
        || e instanceof NoRouteToHostException
        || e instanceof ConnectException
        || e instanceof SSLException);
  }

  /** {@code host[:port]} of a URL, as people write it. */
  static String hostAndPort(HttpUrl url) {
    String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  static String name(Reference reference) {
    return reference.familiar();
  }

  private static String status(Response response) {
    return (response.code() + " " + Printable.of(response.message())).strip();
  }

  /** The first message of an error body (distribution-spec, "error codes"), in parentheses. */
  static String said(Response response) {
    try {
      byte[] body = response.body().byteStream().readNBytes(MAX_ERROR_BYTES);
      JsonObject json = JsonObject.parse(body, "error");
      return json.objects("errors").stream()
          .findFirst()
          .flatMap(error -> error.optionalString("message").or(() -> error.optionalString("code")))
          .map(message -> " (" + Printable.of(message) + ")")
          .orElse("");
    } catch (IOException | EngineException e) {
      return ""; // Some registries explain themselves in HTML, or not at all.
    }
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** RFC 9110, section 10.2.3: seconds or a date. */
  private static Optional<Duration> retryAfter(Response response) {
    String value = response.header("Retry-After", "").strip();
    try {
      if (value.matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      }
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
