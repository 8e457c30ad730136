package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.registry.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Logins that a client sends: for one request, kept nowhere. */
final class RegistryAuth {
  private static final String HEADER = "X-Registry-Auth";
  private static final int MAX_CHARACTERS = 64 << 10;

  private RegistryAuth() {}

  /**
   * The login in a request's header, JSON in base64url; empty if there is none, and then the user's
   * own count.
   */
  static Optional<Login> of(Request request) {
    String header = request.exchange().header(HEADER).orElse("");
    if (header.isBlank()) {
      return Optional.empty();
    }
    if (header.length() > MAX_CHARACTERS) {
      throw new Failure(400, "the header " + HEADER + " is too long");
    }
    try {
      // Clients write both alphabets, with padding and without.
      String text = header.strip().replace('+', '-').replace('/', '_').replace("=", "");
      byte[] json = Base64.getUrlDecoder().decode(text);
      return of(Json.parse(new String(json, StandardCharsets.UTF_8), "the header " + HEADER));
    } catch (IllegalArgumentException e) {
      throw new Failure(400, "the header " + HEADER + " is not base64");
    }
  }

  /** The login in Docker's AuthConfig. */
  static Optional<Login> of(JsonNode config) {
    String token = config.path("identitytoken").asText();
    String user = config.path("username").asText();
    if (!token.isEmpty()) {
      return Optional.of(new Login.IdentityToken(token));
    }
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(new Login.Password(user, config.path("password").asText()));
  }
}
