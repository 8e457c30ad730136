package dev.containertui.registry;

/** What a registry's user shows to be let in. Never printed. */
public sealed interface Login {

  /** Name and password, or name and access token. */
  record Password(String user, String password) implements Login {
    @Override
    public String toString() {
      return "Password[user=" + user + "]";
    }
  }

  /** A refresh token for the registry's token service (OAuth 2, RFC 6749 section 6). */
  record IdentityToken(String token) implements Login {
    @Override
    public String toString() {
      return "IdentityToken[]";
    }
  }
}
