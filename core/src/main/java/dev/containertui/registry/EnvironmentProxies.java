package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Printable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Proxies as the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name them,
 * in upper or lower case, which Java itself does not read. Registries on this machine are always
 * reached directly.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    String name = variable(uri.getScheme() + "_proxy");
    if (name.isEmpty()
        || Endpoint.isLoopback(host.replaceAll("[\\[\\]]", ""))
        || isExcepted(host)) {
      return DIRECT;
    }
    HttpUrl proxy = HttpUrl.parse(name.contains("://") ? name : "http://" + name);
    if (proxy == null) {
      throw new EngineException(
          Kind.INVALID,
          "not a proxy's address: " + Printable.of(name),
          "set " + uri.getScheme().toUpperCase(Locale.ROOT) + "_PROXY to http://HOST:PORT");
    }
    return List.of(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
  }

  /** {@code *}, or names that a host equals or ends with after a dot. */
  private boolean isExcepted(String host) {
    return Arrays.stream(variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private String variable(String lowerCase) {
    String value = environment.getOrDefault(lowerCase, "");
    return value.isEmpty()
        ? environment.getOrDefault(lowerCase.toUpperCase(Locale.ROOT), "")
        : value;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // There is no second proxy to fall back to.
  }
}
