package dev.containertui.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProxiesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTPS_PROXY", "http://proxy.example:3128",
          "https_proxy", "",
          "NO_PROXY", "internal.example, .corp.example,10.0.0.1");

  @Test
  void usesTheProxyOfTheScheme() {
    assertEquals("proxy.example:3128", proxy(ENVIRONMENT, "https://ghcr.io/v2/"));
    assertEquals("direct", proxy(ENVIRONMENT, "http://ghcr.io/v2/"));
    assertEquals("p:80", proxy(Map.of("http_proxy", "p"), "http://ghcr.io/"));
    assertEquals("direct", proxy(Map.of(), "https://ghcr.io/"));
  }

  @Test
  void passesOverExceptionsAndThisMachine() {
    for (String host :
        List.of(
            "internal.example",
            "a.internal.example",
            "corp.example",
            "x.corp.example",
            "10.0.0.1:5000",
            "localhost:5000",
            "127.0.0.1",
            "[::1]:5000")) {
      assertEquals("direct", proxy(ENVIRONMENT, "https://" + host + "/"), host);
    }
    assertEquals("proxy.example:3128", proxy(ENVIRONMENT, "https://notinternal.example/"));
    assertEquals("direct", proxy(Map.of("https_proxy", "p", "no_proxy", "*"), "https://a.b/"));
  }

  @Test
  void namesWhatIsNoAddress() {
    assertThrows(
        EngineException.class,
        () -> proxy(Map.of("https_proxy", "http://a b:x/"), "https://ghcr.io/"));
  }

  private static String proxy(Map<String, String> environment, String uri) {
    Proxy proxy = new EnvironmentProxies(environment).select(URI.create(uri)).getFirst();
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "direct";
  }
}
