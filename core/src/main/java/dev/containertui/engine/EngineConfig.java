package dev.containertui.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an engine needs to know before it opens.
 *
 * <p>The user's settings are an object in {@code config.json} of the configuration directory; its
 * one field so far is {@code "coldBoot": true|false}.
 *
 * @param directories where it keeps its things
 * @param coldBoot whether every machine boots, instead of being a clone of a template
 */
public record EngineConfig(StateDirectories directories, boolean coldBoot) {
  private static final String FILE_NAME = "config.json";
  private static final String COLD_BOOT_VARIABLE = "CONTAINER_TUI_COLD_BOOT";

  /**
   * The configuration that this process's environment and user ask for. The variable {@code
   * CONTAINER_TUI_COLD_BOOT}, 1 or 0, wins over the file.
   *
   * @throws EngineException INVALID if the user's file is not understood
   */
  public static EngineConfig fromEnvironment() {
    Map<String, String> environment = System.getenv();
    StateDirectories directories =
        StateDirectories.of(
            environment,
            Path.of(System.getProperty("user.home")),
            StateDirectories.currentUserId());
    return of(directories, environment);
  }

  static EngineConfig of(StateDirectories directories, Map<String, String> environment) {
    String variable = environment.getOrDefault(COLD_BOOT_VARIABLE, "");
    boolean coldBoot =
        variable.isEmpty()
            ? coldBootOf(directories.config().resolve(FILE_NAME))
            : !variable.equals("0");
    return new EngineConfig(directories, coldBoot);
  }

  /** Everything below one directory. */
  public static EngineConfig below(Path home) {
    return of(StateDirectories.below(home), Map.of());
  }

  private static boolean coldBootOf(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      JsonNode settings = new ObjectMapper().readTree(file.toFile());
      if (!settings.isObject()) {
        throw new IOException("it is no JSON object");
      }
      JsonNode coldBoot = settings.path("coldBoot");
      if (!coldBoot.isMissingNode() && !coldBoot.isBoolean()) {
        throw new IOException("coldBoot is neither true nor false");
      }
      return coldBoot.asBoolean();
    } catch (IOException e) {
      throw new EngineException(
          Kind.INVALID,
          "the settings in "
              + file
              + " cannot be used: "
              + e.getMessage().lines().findFirst().orElse(""),
          "mend or remove that file",
          e);
    }
  }
}
