package dev.containertui.registry.server;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.containertui.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Registries behind TLS, for host names that exist in a test only. */
public final class TlsRegistry {
  private final SSLContext context;
  private final X509TrustManager trust;

  private TlsRegistry(SSLContext context, X509TrustManager trust) {
    this.context = context;
    this.trust = trust;
  }

  /** Makes a certificate for {@code registry.test}, {@code auth.test} and {@code cdn.test}. */
  public static TlsRegistry create(Path directory) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("tls.p12");
    Tool.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "k",
        "-keyalg",
        "EC",
        "-storepass",
        "changeit",
        "-dname",
        "CN=test",
        "-ext",
        "san=dns:registry.test,dns:auth.test,dns:cdn.test",
        "-keystore",
        file.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("c", keys.getCertificate("k"));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return new TlsRegistry(context, (X509TrustManager) trust.getTrustManagers()[0]);
  }

  public SSLContext context() {
    return context;
  }

  public X509TrustManager trust() {
    return trust;
  }

  public LoopbackRegistry start(Faults faults) throws IOException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return LoopbackRegistry.start(server, faults);
  }

  /** The port of a registry's address. */
  public static int port(LoopbackRegistry registry) {
    String address = registry.address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
