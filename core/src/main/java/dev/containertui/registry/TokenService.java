package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Fetches the tokens that a registry asks for with a Bearer challenge (distribution's "token
 * authentication specification").
 */
final class TokenService {
  private static final int MAX_BYTES = 1 << 20;
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(60);
  private static final Duration LONGEST_LIFE = Duration.ofHours(24);
  private static final String CLIENT_ID = "container-tui";

  private final Http http;

  /**
   * A token.
   *
   * @param until when it should no longer be used; measured by our clock from the moment it came,
   *     since the server's clock may be wrong
   */
  record Token(String value, Instant until) {
    boolean isFresh() {
      return Instant.now().isBefore(until);
    }

    @Override
    public String toString() {
      return "Token[until=" + until + "]";
    }
  }

  TokenService(Http http) {
    this.http = http;
  }

  /**
   * Asks the service that the challenge names.
   *
   * @throws IOException if a later attempt may succeed
   * @throws EngineException UNAUTHORIZED; UNAVAILABLE if the service may not be asked
   */
  Token fetch(
      Challenge challenge, Reference reference, Authorizer.Access access, Optional<Login> login)
      throws IOException {
    HttpUrl realm = realm(challenge, reference);
    String scope = scope(challenge, reference, access);
    Optional<Login> mayShow = login.filter(l -> mayShowLogin(reference, realm));
    Http.Ask ask =
        mayShow.orElse(null) instanceof Login.IdentityToken identity
            ? refresh(realm, challenge, scope, identity)
            : get(realm, challenge, scope, mayShow);
    try {
      return http.send(ask, response -> read(response, reference, mayShow.isPresent()));
    } catch (RegistryErrors.TryLater e) {
      throw e;
    } catch (IOException e) {
      String who =
          "the token service "
              + RegistryErrors.hostAndPort(realm)
              + " of registry "
              + reference.registry();
      throw new RegistryErrors.TryLater(RegistryErrors.unreachable(who, e), Optional.empty());
    }
  }

  /** What the registry asks for; for a push at once all that it will ask for. */
  private static String scope(Challenge challenge, Reference reference, Authorizer.Access access) {
    String asked = challenge.parameter("scope").orElse("");
    String own = "repository:" + reference.repository() + ":";
    return switch (access) {
      case NONE -> asked;
      case PULL -> asked.isEmpty() ? own + "pull" : asked;
      case PUSH ->
          Stream.concat(
                  Stream.of(own + "pull,push"),
                  Arrays.stream(asked.split(" ")).filter(one -> !one.startsWith(own)))
              .filter(one -> !one.isEmpty())
              .collect(Collectors.joining(" "));
    };
  }

  /** Only TLS, or this machine if the registry is on this machine too. */
  private static HttpUrl realm(Challenge challenge, Reference reference) {
    HttpUrl registry = Endpoint.of(reference, "manifests", "x");
    String text = challenge.parameter("realm").orElse("");
    HttpUrl realm = HttpUrl.parse(text);
    if (realm == null || !Endpoint.mayLead(registry, realm)) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          reference.registry()
              + " wants a token from \""
              + Printable.of(text)
              + "\", which cannot be asked safely",
          "a token service needs an https address");
    }
    return realm;
  }

  /**
   * A registry may name a token service on another host (Docker Hub does). It is believed if it was
   * itself authenticated by TLS; what a plain-text registry says could be anybody's word.
   */
  private static boolean mayShowLogin(Reference reference, HttpUrl realm) {
    HttpUrl registry = Endpoint.of(reference, "manifests", "x");
    return registry.isHttps() || Endpoint.isLoopback(realm.host());
  }

  private static Http.Ask get(
      HttpUrl realm, Challenge challenge, String scope, Optional<Login> login) {
    HttpUrl.Builder url = realm.newBuilder();
    challenge.parameter("service").ifPresent(s -> url.setQueryParameter("service", s));
    url.removeAllQueryParameters("scope");
    for (String one : scope.split(" ")) {
      if (!one.isEmpty()) {
        url.addQueryParameter("scope", one);
      }
    }
    Optional<String> authorization =
        login.map(
            l ->
                switch (l) {
                  case Login.Password(String user, String password) -> {
                    url.setQueryParameter("account", user);
                    yield Credentials.basic(
                        user, password, java.nio.charset.StandardCharsets.UTF_8);
                  }
                  case Login.IdentityToken(String token) -> "Bearer " + token;
                });
    url.setQueryParameter("client_id", CLIENT_ID);
    return Http.Ask.document(url.build(), authorization, "application/json");
  }

  private static Http.Ask refresh(
      HttpUrl realm, Challenge challenge, String scope, Login.IdentityToken identity) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("grant_type", "refresh_token")
            .add("refresh_token", identity.token())
            .add("client_id", CLIENT_ID);
    if (!scope.isEmpty()) {
      form.add("scope", scope);
    }
    challenge.parameter("service").ifPresent(service -> form.add("service", service));
    return Http.Ask.form(realm, form.build());
  }

  private static Token read(Response response, Reference reference, boolean withLogin)
      throws IOException {
    int code = response.code();
    if (code == 401 || code == 403 || code == 400 || code == 404) {
      throw RegistryErrors.denied(reference, withLogin, RegistryErrors.said(response));
    }
    if (!response.isSuccessful()) {
      throw RegistryErrors.of(
          response, reference, "the token service of " + reference.registry() + " is missing");
    }
    byte[] body = response.body().byteStream().readNBytes(MAX_BYTES);
    JsonObject json = JsonObject.parse(body, "the token for " + reference.registry());
    String value =
        json.optionalString("token")
            .filter(token -> !token.isEmpty())
            .or(() -> json.optionalString("access_token"))
            .orElse("");
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new EngineException(
          Kind.CORRUPT, "the token service of " + reference.registry() + " sends no token");
    }
    Duration life = Duration.ofSeconds(json.optionalSize("expires_in").orElse(0L));
    if (life.compareTo(SHORTEST_LIFE) < 0) {
      life = SHORTEST_LIFE; // The specification's default, and its minimum.
    } else if (life.compareTo(LONGEST_LIFE) > 0) {
      life = LONGEST_LIFE;
    }
    return new Token(value, Instant.now().plus(life.multipliedBy(9).dividedBy(10)));
  }
}
