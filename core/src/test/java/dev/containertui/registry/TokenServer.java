package dev.containertui.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.containertui.Tool;
import dev.containertui.oci.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token service as distribution's "token authentication specification" describes it: it signs
 * what a logged-in user asks for, for registries that trust its certificate.
 */
public final class TokenServer implements AutoCloseable {
  private final HttpServer server;
  private final PrivateKey key;
  private final Certificate certificate;
  private final Path certificateFile;
  private final String login;
  private final AtomicInteger issued = new AtomicInteger();

  private TokenServer(
      HttpServer server, PrivateKey key, Certificate certificate, Path file, String login) {
    this.server = server;
    this.key = key;
    this.certificate = certificate;
    certificateFile = file;
    this.login = login;
  }

  public static TokenServer start(Path directory, String user, String password)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(directory);
    Path store = directory.resolve("keys.p12");
    Tool.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "k",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-storepass",
        "changeit",
        "-dname",
        "CN=test",
        "-keystore",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    Certificate certificate = keys.getCertificate("k");
    Path pem =
        Files.writeString(
            directory.resolve("certificate.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    TokenServer tokens =
        new TokenServer(
            server,
            (PrivateKey) keys.getKey("k", "changeit".toCharArray()),
            certificate,
            pem,
            "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
    server.createContext("/token", tokens::answer);
    server.start();
    return tokens;
  }

  public String realm() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
  }

  public Path certificate() {
    return certificateFile;
  }

  /** How many tokens have been given out. */
  public int issued() {
    return issued.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      ObjectNode body = JsonObject.create().put("token", token(exchange)).put("expires_in", 300);
      issued.incrementAndGet();
      byte[] bytes = JsonObject.write(body);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private String token(HttpExchange exchange) throws GeneralSecurityException {
    ObjectNode header = JsonObject.create().put("typ", "JWT").put("alg", "RS256");
    header.putArray("x5c").add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
    long now = Instant.now().getEpochSecond();
    ObjectNode claims =
        JsonObject.create()
            .put("iss", "test-issuer")
            .put("sub", "user")
            .put("aud", query(exchange, "service"))
            .put("iat", now)
            .put("nbf", now - 10)
            .put("exp", now + 300)
            .put("jti", UUID.randomUUID().toString());
    String[] scope = query(exchange, "scope").split(":");
    ObjectNode access = claims.putArray("access").addObject();
    if (scope.length == 3) {
      access.put("type", scope[0]).put("name", scope[1]);
      var actions = access.putArray("actions");
      Arrays.stream(scope[2].split(",")).forEach(actions::add);
    }
    String content = base64(JsonObject.write(header)) + "." + base64(JsonObject.write(claims));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(content.getBytes(UTF_8));
    return content + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String query(HttpExchange exchange, String key) {
    return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
        .filter(pair -> pair.startsWith(key + "="))
        .map(pair -> URLDecoder.decode(pair.substring(key.length() + 1), UTF_8))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
