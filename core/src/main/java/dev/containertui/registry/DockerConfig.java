package dev.containertui.registry;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logins that {@code docker login} left in {@code config.json}: in the file itself ({@code
 * auths}) or with a helper program ({@code credHelpers}, {@code credsStore}). The file is read anew
 * for each registry, so a login counts from the next request on.
 */
public final class DockerConfig implements Logins {
  private static final List<String> HUB_KEYS =
      List.of("https://index.docker.io/v1/", "index.docker.io", "registry-1.docker.io");

  private final Path file;

  public DockerConfig(Path file) {
    this.file = file;
  }

  /** {@code $DOCKER_CONFIG/config.json}, or else {@code ~/.docker/config.json}. */
  public static DockerConfig ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static DockerConfig of(Map<String, String> environment, Path home) {
    String directory = environment.getOrDefault("DOCKER_CONFIG", "");
    return new DockerConfig(
        (directory.isEmpty() ? home.resolve(".docker") : Path.of(directory))
            .resolve("config.json"));
  }

  @Override
  public Optional<Login> find(String registry) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskErrors.of("cannot read the logins", file, e);
    }
    JsonObject config = JsonObject.parse(bytes, file.toString());
    Optional<String> helper =
        Optional.ofNullable(config.stringMap("credHelpers").get(registry))
            .or(() -> config.optionalString("credsStore").filter(name -> !name.isEmpty()));
    Optional<Login> login = Optional.empty();
    if (helper.isPresent()) {
      login = CredentialHelper.ask(helper.get(), helperKey(registry));
    }
    return login.isPresent() ? login : inFile(config, registry);
  }

  private static String helperKey(String registry) {
    return registry.equals(Reference.DOCKER_HUB) ? HUB_KEYS.getFirst() : registry;
  }

  private Optional<Login> inFile(JsonObject config, String registry) {
    JsonObject auths = config.optionalObject("auths").orElse(null);
    if (auths == null) {
      return Optional.empty();
    }
    for (String key : config.fieldNames("auths")) {
      if (isFor(key, registry)) {
        Optional<Login> login = auths.optionalObject(key).flatMap(this::login);
        if (login.isPresent()) {
          return login;
        }
      }
    }
    return Optional.empty();
  }

  /** Keys are host names, and for historical reasons also URLs with the API's version. */
  private static boolean isFor(String key, String registry) {
    if (registry.equals(Reference.DOCKER_HUB) && HUB_KEYS.contains(key)) {
      return true;
    }
    String host = key.replaceFirst("^https?://", "");
    int slash = host.indexOf('/');
    return (slash < 0 ? host : host.substring(0, slash)).equals(registry);
  }

  private Optional<Login> login(JsonObject entry) {
    Optional<String> identity = entry.optionalString("identitytoken").filter(t -> !t.isEmpty());
    if (identity.isPresent()) {
      return Optional.of(new Login.IdentityToken(identity.get()));
    }
    Optional<String> user = entry.optionalString("username");
    Optional<String> password = entry.optionalString("password");
    if (user.isPresent() && password.isPresent()) {
      return Optional.of(new Login.Password(user.get(), password.get()));
    }
    return entry.optionalString("auth").filter(auth -> !auth.isEmpty()).map(this::decode);
  }

  private Login decode(String auth) {
    String text;
    try {
      text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      text = "";
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new EngineException(
          Kind.CORRUPT, file + " has a login that cannot be read", "log in again");
    }
    return new Login.Password(
        text.substring(0, colon), text.substring(colon + 1).replace("\u0000", ""));
  }
}
