package dev.containertui.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

  @Test
  void asksCredentialHelpers() throws Exception {
    write("{\"credHelpers\":{\"h\":\"test\",\"none\":\"test\"},\"auths\":{\"i\":{}}}");
    Path helper =
        Files.writeString(
            home.resolve("docker-credential-test"),
            """
            #!/bin/sh
            read address
            [ "$1 $address" = "get h" ] || { echo "credentials not found"; exit 1; }
            echo '{"ServerURL":"h","Username":"user","Secret":"pa:ss"}'
            """);
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
    for (String registry : List.of("h", "none")) {
      assertEquals(
          registry.equals("h") ? "user pa:ss" : "nobody", loginInAProcess(registry), registry);
    }
  }

  /** Helpers are found on the PATH, which a process cannot change for itself. */
  private String loginInAProcess(String registry) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintLogin.class.getName(),
                registry)
            .redirectErrorStream(true);
    builder.environment().put("DOCKER_CONFIG", home.resolve(".docker").toString());
    builder.environment().put("PATH", home + ":" + System.getenv("PATH"));
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Prints what the user's own configuration says about a registry. */
  static final class PrintLogin {
    private PrintLogin() {}

    public static void main(String[] args) {
      System.out.println(
          DockerConfig.ofUser()
              .find(args[0])
              .map(login -> (Login.Password) login)
              .map(login -> login.user() + " " + login.password())
              .orElse("nobody"));
    }
  }

  private DockerConfig config() {
    return DockerConfig.of(Map.of(), home);
  }

  private void write(String json) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), json);
  }
}
