package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Where things are, and over which wire they may be asked for. */
final class Endpoint {
  private static final Pattern LOOPBACK_V4 =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private Endpoint() {}

  /**
   * {@code https://HOST/v2/REPOSITORY/KIND/ID}; plain HTTP if the host is this machine. Docker
   * Hub's API lives on another host than its name says.
   *
   * @param kind {@code manifests} or {@code blobs}
   */
  static HttpUrl of(Reference reference, String kind, String id) {
    return base(reference)
        .newBuilder()
        .addPathSegments(reference.repository())
        .addPathSegment(kind)
        .addPathSegment(id)
        .build();
  }

  /** {@code https://HOST/v2/REPOSITORY/blobs/uploads/}: where uploads begin. */
  static HttpUrl uploads(Reference reference) {
    return of(reference, "blobs", "uploads").newBuilder().addPathSegment("").build();
  }

  /** {@code https://HOST/v2/}, the root of a registry's API. */
  static HttpUrl base(Reference reference) {
    String host =
        reference.registry().equals(Reference.DOCKER_HUB)
            ? "registry-1.docker.io"
            : reference.registry();
    HttpUrl base = HttpUrl.parse("https://" + host + "/v2/");
    if (base == null) {
      throw new EngineException(
          Kind.INVALID,
          "not a registry's address: " + Printable.of(host),
          "write HOST or HOST:PORT");
    }
    if (isLoopback(base.host())) {
      base = HttpUrl.get("http://" + host + "/v2/");
    }
    return base;
  }

  /** Judged by the name alone: an address that a foreign name server returns does not count. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("::1")
        || LOOPBACK_V4.matcher(host).matches();
  }

  /** Whether nobody between here and {@code url} can listen. */
  static boolean isPrivate(HttpUrl url) {
    return url.isHttps() || isLoopback(url.host());
  }

  static boolean sameOrigin(HttpUrl a, HttpUrl b) {
    return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
  }

  /**
   * Whether a server at {@code from} may send us to {@code to}: never from TLS to plain text, and
   * to plain text at all only on this machine.
   */
  static boolean mayLead(HttpUrl from, HttpUrl to) {
    return to.isHttps() || (!from.isHttps() && isLoopback(to.host()));
  }
}
