package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks one of Docker's credential helpers: a program {@code docker-credential-NAME} that reads the
 * registry's address from its standard input and answers with JSON.
 */
final class CredentialHelper {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private CredentialHelper() {}

  /** The login, if the helper has one for this address. */
  static Optional<Login> ask(String name, String address) {
    String program = "docker-credential-" + name;
    if (!NAME.matcher(name).matches()) {
      throw failed(program, "is not a program's name", null);
    }
    Process process;
    try {
      process =
          new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw failed(program, "cannot be started", e);
    }
    Thread killer = Thread.ofVirtual().start(() -> killAfterDeadline(process));
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        in.write((address + "\n").getBytes(StandardCharsets.UTF_8));
      }
      byte[] answer = out.readNBytes(MAX_ANSWER_BYTES);
      if (process.waitFor() != 0) {
        if (new String(answer, StandardCharsets.UTF_8).contains("credentials not found")) {
          return Optional.empty();
        }
        throw failed(program, "ended with status " + process.exitValue(), null);
      }
      return login(JsonObject.parse(answer, "the answer of " + program));
    } catch (IOException e) {
      throw failed(program, "broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "interrupted while " + program + " ran", e);
    } finally {
      process.destroyForcibly();
      killer.interrupt();
    }
  }

  private static Optional<Login> login(JsonObject answer) {
    String user = answer.optionalString("Username").orElse("");
    String secret = answer.optionalString("Secret").orElse("");
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        user.equals("<token>")
            ? new Login.IdentityToken(secret)
            : new Login.Password(user, secret));
  }

  private static void killAfterDeadline(Process process) {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It ended in time.
      Thread.currentThread().interrupt();
    }
  }

  private static EngineException failed(String program, String how, Exception cause) {
    return new EngineException(
        Kind.UNAVAILABLE,
        "the credential helper " + Printable.of(program) + " " + how,
        "see credHelpers and credsStore in Docker's config.json",
        cause);
  }
}
