package dev.containertui.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.HostPort;
import dev.containertui.network.PortGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What an engine needs to know before it opens.
 *
 * <p>The user's settings are an object in {@code config.json} of the configuration directory. Its
 * fields are {@code "coldBoot"} and {@code "imageTemplates"}, each true or false, {@code
 * "engineIdleSeconds"}, 1 to 31536000, and {@code "publishAddress"}, an IPv4 address.
 *
 * @param directories where it keeps its things
 * @param coldBoot whether every machine boots, instead of being a clone of a template; false unless
 *     said otherwise
 * @param imageTemplates whether images have templates of their own, besides those of shapes: starts
 *     are quicker, and each takes some disk space; true unless said otherwise
 * @param engineIdle after how long with nothing to do an engine that was started on demand goes
 *     away; 60 s unless said otherwise
 * @param publishAddress the host's address where ports are published that no address is given for;
 *     all of them, {@code 0.0.0.0}, unless said otherwise
 */
public record EngineConfig(
    StateDirectories directories,
    boolean coldBoot,
    boolean imageTemplates,
    Duration engineIdle,
    String publishAddress) {
  public static final Duration DEFAULT_ENGINE_IDLE = Duration.ofSeconds(60);

  private static final String ADDRESS_FIELD = "publishAddress";
  private static final String IDLE_FIELD = "engineIdleSeconds";
  private static final long MAX_IDLE_SECONDS = Duration.ofDays(365).toSeconds();
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
    JsonNode settings = settings(directories.config().resolve(FILE_NAME));
    String variable = environment.getOrDefault(COLD_BOOT_VARIABLE, "");
    return new EngineConfig(
        directories,
        variable.isEmpty() ? settings.path("coldBoot").asBoolean() : !variable.equals("0"),
        settings.path("imageTemplates").asBoolean(true),
        Duration.ofSeconds(settings.path(IDLE_FIELD).asLong(DEFAULT_ENGINE_IDLE.toSeconds())),
        settings.path(ADDRESS_FIELD).asText(HostPort.ALL_ADDRESSES));
  }

  /**
   * These directories, their user's settings, and what this process's environment asks for.
   *
   * @throws EngineException INVALID if the user's file is not understood
   */
  public static EngineConfig in(StateDirectories directories) {
    return of(directories, System.getenv());
  }

  /** Everything below one directory. */
  public static EngineConfig below(Path home) {
    return of(StateDirectories.below(home), Map.of());
  }

  private static JsonNode settings(Path file) {
    if (!Files.exists(file)) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode settings = new ObjectMapper().readTree(file.toFile());
      if (!settings.isObject()) {
        throw new IOException("it is no JSON object");
      }
      for (String name : new String[] {"coldBoot", "imageTemplates"}) {
        if (settings.has(name) && !settings.get(name).isBoolean()) {
          throw new IOException(name + " is neither true nor false");
        }
      }
      if (settings.has(IDLE_FIELD)) {
        JsonNode seconds = settings.get(IDLE_FIELD);
        if (!seconds.canConvertToExactIntegral()
            || !seconds.canConvertToLong()
            || seconds.asLong() < 1
            || seconds.asLong() > MAX_IDLE_SECONDS) {
          throw new IOException(IDLE_FIELD + " is not 1 to " + MAX_IDLE_SECONDS);
        }
      }
      if (settings.has(ADDRESS_FIELD) && !isAddress(settings.get(ADDRESS_FIELD).asText())) {
        throw new IOException(ADDRESS_FIELD + " is no IPv4 address, as 127.0.0.1 is");
      }
      return settings;
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

  private static boolean isAddress(String text) {
    try {
      return !PortGrammar.address(text).isEmpty();
    } catch (EngineException e) {
      return false;
    }
  }
}
