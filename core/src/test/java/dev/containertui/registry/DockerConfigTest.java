package dev.containertui.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
  private static final Optional<Login> USER = Optional.of(new Login.Password("user", "pa:ss"));

  @TempDir Path home;

  @Test
  void withoutAFileThereAreNoLogins() {
    assertEquals(Optional.empty(), config().find("docker.io"));
  }

  @Test
  void findsLoginsByHost() throws IOException {
    write(
        """
        {"auths":{"localhost:5000":{"auth":"dXNlcjpwYTpzcw=="},
                  "https://ghcr.io/v2/":{"username":"user","password":"pa:ss"},
                  "https://index.docker.io/v1/":{"auth":"dXNlcjpwYTpzcw=="},
                  "quay.io":{},
                  "azurecr.io":{"auth":"","identitytoken":"id"}}}
        """);
    assertEquals(USER, config().find("localhost:5000"));
    assertEquals(Optional.empty(), config().find("localhost:5001"));
    assertEquals(Optional.empty(), config().find("localhost"));
    assertEquals(USER, config().find("ghcr.io"));
    assertEquals(USER, config().find("docker.io"));
    assertEquals(Optional.empty(), config().find("index.docker.io.evil.example"));
    assertEquals(Optional.empty(), config().find("quay.io"));
    assertEquals(Optional.of(new Login.IdentityToken("id")), config().find("azurecr.io"));
  }

  @Test
  void dockersVariableMovesTheFile() throws IOException {
    Path other = Files.createDirectories(home.resolve("other"));
    Files.writeString(
        other.resolve("config.json"), "{\"auths\":{\"h\":{\"auth\":\"dXNlcjpwYTpzcw==\"}}}");
    assertEquals(USER, DockerConfig.of(Map.of("DOCKER_CONFIG", other.toString()), home).find("h"));
  }

  @Test
  void brokenFilesAreNamedWithoutTheirSecrets() throws IOException {
    write("{\"auths\":{\"h\":{\"auth\":\"c2VjcmV0\"}}}");
    EngineException e = assertThrows(EngineException.class, () -> config().find("h"));
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(e.getMessage().contains("config.json"), e.getMessage());
    assertFalse(e.getMessage().contains("c2VjcmV0"), e.getMessage());
    write("{");
    assertEquals(
        Kind.CORRUPT, assertThrows(EngineException.class, () -> config().find("h")).kind());
  }

  @Test
  void loginsDoNotPrintTheirSecrets() {
    assertEquals("Optional[Password[user=user]]", USER.toString());
    assertEquals("IdentityToken[]", new Login.IdentityToken("secret").toString());
  }

  @Test
  void missingHelpersAreNamed() throws IOException {
    write("{\"credHelpers\":{\"h\":\"no-such-helper\",\"i\":\"../../bin/sh\"}}");
    EngineException e = assertThrows(EngineException.class, () -> config().find("h"));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertEquals(
        "the credential helper docker-credential-no-such-helper cannot be started", e.getMessage());
    e = assertThrows(EngineException.class, () -> config().find("i"));
    assertTrue(e.getMessage().endsWith("is not a program's name"), e.getMessage());
    assertEquals(Optional.empty(), config().find("j"));
  }

  private DockerConfig config() {
    return DockerConfig.of(Map.of(), home);
  }

  private void write(String json) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), json);
  }
}
