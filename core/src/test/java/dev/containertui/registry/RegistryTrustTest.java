package dev.containertui.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Reference;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.LoopbackRegistry;
import dev.containertui.registry.server.TlsRegistry;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets to see a login, and who does not, over TLS and plain text. */
class RegistryTrustTest {
  private static final Login LOGIN = new Login.Password("user", "secret");
  private static final String BASIC = "Basic dXNlcjpzZWNyZXQ=";
  private static final byte[] BLOB = "some bytes".getBytes(UTF_8);
  private static final Descriptor DESCRIPTOR =
      Descriptor.of(MediaTypes.OCI_LAYER, Digest.sha256(BLOB), BLOB.length);

  @TempDir static Path directory;
  private static TlsRegistry tls;

  private final Faults faults = new Faults();
  private final Faults otherFaults = new Faults();
  private LoopbackRegistry secure;
  private LoopbackRegistry other;
  private LoopbackRegistry plain;
  private RegistryClient client;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = TlsRegistry.create(directory);
  }

  @BeforeEach
  void start() throws Exception {
    secure = tls.start(faults);
    other = tls.start(otherFaults);
    plain = LoopbackRegistry.start(faults);
    List.of(secure, other, plain).forEach(r -> r.putBlob(BLOB));
    client = client(network().sslSocketFactory(tls.context().getSocketFactory(), tls.trust()));
  }

  private static RegistryClient client(OkHttpClient.Builder network) {
    return new RegistryClient(
        RegistryOptions.defaults()
            .withLogins(registry -> Optional.of(LOGIN))
            .withRetries(3, Duration.ofMillis(10), Duration.ofSeconds(2)),
        network);
  }

  private static OkHttpClient.Builder network() {
    return new OkHttpClient.Builder()
        .proxy(Proxy.NO_PROXY)
        .dns(
            host ->
                host.endsWith(".test")
                    ? List.of(InetAddress.getByName("127.0.0.1"))
                    : Dns.SYSTEM.lookup(host));
  }

  @AfterEach
  void stop() {
    client.close();
    List.of(secure, other, plain).forEach(LoopbackRegistry::close);
  }

  @Test
  void hostsThatAreNotThisMachineAreAskedOverTls() {
    assertArrayEquals(BLOB, get(secureName()));
    client.close();
    client = client(network());
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("offers no secure connection"), e.getMessage());
  }

  @Test
  void logInsAreNotShownUnasked() {
    get(secureName());
    assertEquals(Optional.empty(), faults.seen("/blobs/").getFirst().header());
  }

  @Test
  void basicLoginIsShownOnceTheRegistryAsksForIt() {
    requireHeader(faults, BASIC, "Basic realm=\"x\"");
    get(secureName());
    get(secureName());
    assertEquals(
        List.of(Optional.empty(), Optional.of(BASIC), Optional.of(BASIC)),
        faults.seen("/blobs/").stream().map(Faults.Seen::header).toList());
  }

  @Test
  void aTokenServiceOnAnotherHostGetsTheLoginOfASecureRegistry() {
    requireHeader(faults, "Bearer t0k", bearer("https://auth.test:" + port(other) + "/token"));
    token(otherFaults, "{\"token\":\"t0k\"}");
    get(secureName());
    get(secureName());
    Faults.Seen asked = otherFaults.seen("/token").getFirst();
    assertEquals(Optional.of(BASIC), asked.header());
    String query = URLDecoder.decode(asked.path(), UTF_8);
    assertTrue(query.contains("service=svc"), query);
    assertTrue(query.contains("scope=repository:app:pull,push"), query);
    assertEquals(1, otherFaults.seen("/token").size(), "a token without expiry is used again");
  }

  @Test
  void aTokenServiceElsewhereDoesNotGetTheLoginOfAPlainTextRegistry() {
    requireHeader(faults, "Bearer t0k", bearer("https://auth.test:" + port(other) + "/token"));
    token(otherFaults, "{\"access_token\":\"t0k\",\"expires_in\":60,\"issued_at\":\"never\"}");
    get(plain.address());
    assertEquals(Optional.empty(), otherFaults.seen("/token").getFirst().header());
  }

  @Test
  void aTokenServiceWithoutTlsIsNotAsked() {
    requireHeader(faults, "Bearer t0k", bearer("http://auth.test:" + port(plain) + "/token"));
    for (String registry : List.of(secureName(), plain.address())) {
      EngineException e = assertThrows(EngineException.class, () -> get(registry));
      assertEquals(Kind.UNAVAILABLE, e.kind());
      assertTrue(e.getMessage().contains("cannot be asked safely"), e.getMessage());
    }
    requireHeader(faults, "Bearer t0k", bearer("http://localhost:" + port(plain) + "/token"));
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertEquals(0, faults.seen("/token").size());
  }

  @Test
  void identityTokensAreExchangedByPost() {
    try (RegistryClient identity =
        new RegistryClient(
            RegistryOptions.defaults()
                .withLogins(r -> Optional.of(new Login.IdentityToken("refresh-me"))))) {
      requireHeader(faults, "Bearer t0k", bearer("http://" + plain.address() + "/token"));
      StringBuilder form = new StringBuilder();
      faults.on(
          "/token",
          exchange -> {
            form.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            return Faults.body(
                exchange, 200, "application/json", "{\"access_token\":\"t0k\"}".getBytes(UTF_8));
          });
      assertArrayEquals(
          BLOB, identity.blob(reference(plain.address()), DESCRIPTOR, 100, "the blob"));
      assertEquals("POST", faults.seen("/token").getFirst().method());
      assertTrue(form.toString().contains("grant_type=refresh_token"), form.toString());
      assertTrue(form.toString().contains("refresh_token=refresh-me"), form.toString());
    }
  }

  @Test
  void refusalsWithoutEndAreBounded() {
    requireHeader(faults, "Bearer never", bearer("https://auth.test:" + port(other) + "/token"));
    token(otherFaults, "{\"token\":\"t0k\"}");
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAUTHORIZED, e.kind());
    assertEquals(3, faults.seen("/blobs/").size());
    assertEquals(2, otherFaults.seen("/token").size());
  }

  @Test
  void anExpiredTokenIsReplaced() {
    AtomicInteger serial = new AtomicInteger();
    AtomicInteger good = new AtomicInteger(1);
    faults.on(
        "/blobs/",
        exchange ->
            !("Bearer t" + good).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && Faults.status(
                    exchange,
                    401,
                    "WWW-Authenticate",
                    bearer("https://auth.test:" + port(other) + "/token")));
    otherFaults.on(
        "/token",
        exchange ->
            Faults.body(
                exchange,
                200,
                "application/json",
                ("{\"token\":\"t" + serial.incrementAndGet() + "\"}").getBytes(UTF_8)));
    get(secureName());
    good.set(2);
    get(secureName());
    assertEquals(2, serial.get());
  }

  @Test
  void tokensThatAreNoneAreNamed() {
    requireHeader(faults, "Bearer x", bearer("https://auth.test:" + port(other) + "/token"));
    AtomicInteger round = new AtomicInteger();
    List<String> answers = List.of("{}", "[]", "{\"token\":\"a\\r\\nX-Evil: 1\"}", "{\"token\":7}");
    otherFaults.on(
        "/token",
        exchange ->
            Faults.body(
                exchange, 200, "text/html", answers.get(round.getAndIncrement()).getBytes(UTF_8)));
    for (String ignored : answers) {
      EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
      assertEquals(Kind.CORRUPT, e.kind());
    }
  }

  @Test
  void aTokenServiceThatIsDownIsNamed() {
    int closed = port(other);
    other.close();
    requireHeader(faults, "Bearer x", bearer("https://auth.test:" + closed + "/token"));
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("auth.test:" + closed), e.getMessage());
  }

  @Test
  void redirectsKeepTheLoginFromOtherHosts() {
    requireHeader(faults, BASIC, "Basic realm=\"x\"");
    faults.on(
        "/blobs/",
        redirect(
            "https://cdn.test:" + port(other) + "/v2/x/blobs/" + DESCRIPTOR.digest() + "?signed"));
    assertArrayEquals(BLOB, get(secureName()));
    assertEquals(Optional.of(BASIC), faults.seen("/blobs/").getLast().header());
    assertEquals(Optional.empty(), otherFaults.seen("signed").getFirst().header());
  }

  @Test
  void redirectsOnTheSameHostKeepTheLogin() {
    requireHeader(faults, BASIC, "Basic realm=\"x\"");
    faults.on("/v2/app/blobs/", redirect("/v2/moved/blobs/" + DESCRIPTOR.digest()));
    assertArrayEquals(BLOB, get(secureName()));
    assertEquals(Optional.of(BASIC), faults.seen("/moved/").getFirst().header());
  }

  @Test
  void redirectsOutOfTlsAreRefused() {
    faults.on(
        "/blobs/", redirect("http://" + plain.address() + "/v2/x/blobs/" + DESCRIPTOR.digest()));
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("without encryption"), e.getMessage());
    assertEquals(1, faults.seen("/blobs/").size());
  }

  @Test
  void redirectsInCirclesEnd() {
    faults.on("/blobs/", redirect("/v2/app/blobs/" + DESCRIPTOR.digest()));
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("without end"), e.getMessage());
    assertEquals(11, faults.seen("/blobs/").size());
  }

  @Test
  void redirectsToNowhere() {
    faults.on("/blobs/", redirect("gopher://x/"));
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
  }

  @Test
  void anExpiredSignedAddressIsAskedForAnew() {
    AtomicInteger round = new AtomicInteger();
    faults.on(
        "/blobs/",
        redirect("https://cdn.test:" + port(other) + "/v2/x/blobs/" + DESCRIPTOR.digest()));
    otherFaults.on(
        "/blobs/", exchange -> round.incrementAndGet() == 1 && Faults.status(exchange, 403));
    assertArrayEquals(BLOB, get(secureName()));
    assertEquals(2, faults.seen("/blobs/").size());
  }

  @Test
  void tooManyRequestsAreWaitedOut() {
    AtomicInteger round = new AtomicInteger();
    faults.on(
        "/blobs/",
        exchange ->
            round.incrementAndGet() == 1 && Faults.status(exchange, 429, "Retry-After", "1"));
    long start = System.nanoTime();
    assertArrayEquals(BLOB, get(secureName()));
    assertTrue(System.nanoTime() - start >= Duration.ofSeconds(1).toNanos(), "as it was asked to");
  }

  @Test
  void aLongWaitIsTheUsersDecision() {
    faults.on("/blobs/", exchange -> Faults.status(exchange, 429, "Retry-After", "21600"));
    EngineException e = assertThrows(EngineException.class, () -> get(secureName()));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("429"), e.getMessage());
    assertEquals("the registry asks to come back in 360 minutes", e.hint());
    assertEquals(1, faults.seen("/blobs/").size());
  }

  @Test
  void aRegistryThatIsDownOrUnknownIsNamed() {
    String address = plain.address();
    plain.close();
    EngineException down =
        assertThrows(EngineException.class, () -> client.manifest(reference(address)));
    assertEquals(Kind.UNAVAILABLE, down.kind());
    assertEquals("registry " + address + " does not answer: connection refused", down.getMessage());
    EngineException unknown =
        assertThrows(
            EngineException.class, () -> client.manifest(reference("no-such-host.invalid")));
    assertEquals(Kind.UNAVAILABLE, unknown.kind());
    assertEquals(
        "registry no-such-host.invalid is not to be found: there is no such host",
        unknown.getMessage());
  }

  private byte[] get(String registry) {
    return client.blob(reference(registry), DESCRIPTOR, 100, "the blob");
  }

  private static Reference reference(String registry) {
    return Reference.parse(registry + "/app:1");
  }

  private String secureName() {
    return "registry.test:" + port(secure);
  }

  private static int port(LoopbackRegistry registry) {
    return TlsRegistry.port(registry);
  }

  private static String bearer(String realm) {
    return "Bearer realm=\"" + realm + "\",service=\"svc\",scope=\"repository:app:pull,push\"";
  }

  private static void requireHeader(Faults faults, String header, String challenge) {
    faults.on(
        "/blobs/",
        exchange ->
            !header.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && Faults.status(exchange, 401, "WWW-Authenticate", challenge));
  }

  private static void token(Faults faults, String json) {
    faults.on(
        "/token", exchange -> Faults.body(exchange, 200, "application/json", json.getBytes(UTF_8)));
  }

  private static Faults.Answer redirect(String location) {
    return (HttpExchange exchange) -> Faults.status(exchange, 307, "Location", location);
  }
}
