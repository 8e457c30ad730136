package dev.containertui.tui.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Themes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user has set in {@code workbench.json} of the configuration directory; described in
 * {@code docs/tui.md}. A setting that is wrong is left out, and told of.
 *
 * @param theme name of a theme; empty: not set
 * @param charts what they are drawn with; empty: what the terminal can most likely show
 * @param mouse whether the mouse is ours; else the terminal's own selection works
 * @param keys by names of actions
 * @param problems one line each, with what to write instead
 */
public record Settings(
    Optional<String> theme,
    Optional<Glyphs> charts,
    boolean mouse,
    Map<String, List<Chord>> keys,
    List<String> problems) {
  public static final String FILE_NAME = "workbench.json";
  public static final Settings DEFAULT =
      new Settings(Optional.empty(), Optional.empty(), true, Map.of(), List.of());

  private static final long MAX_BYTES = 1 << 20;
  private static final Set<String> FIELDS = Set.of("theme", "charts", "mouse", "keys");

  public Settings {
    keys = Map.copyOf(keys);
    problems = List.copyOf(problems);
  }

  /** Reads the file; a file that is not there sets nothing. */
  public static Settings read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return problem(file + " is larger than 1 MiB");
      }
      return of(file, new ObjectMapper().readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return DEFAULT;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : ", line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      return problem(file + where + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      return problem("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static Settings problem(String text) {
    return new Settings(Optional.empty(), Optional.empty(), true, Map.of(), List.of(text));
  }

  private static Settings of(Path file, JsonNode json) {
    List<String> problems = new ArrayList<>();
    if (!json.isObject()) {
      return problem(file + ": write an object, for example {\"theme\": \"dark\"}");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                problems.add(file + ": there is no setting \"" + name + "\", only " + FIELDS);
              }
            });
    Optional<String> theme = Optional.empty();
    if (json.has("theme")) {
      String name = json.path("theme").asText();
      if (Themes.named(name).isPresent()) {
        theme = Optional.of(name);
      } else {
        problems.add(file + ": there is no theme \"" + name + "\", only " + Themes.names());
      }
    }
    if (json.has("mouse") && !json.path("mouse").isBoolean()) {
      problems.add(file + ": \"mouse\" is true or false");
    }
    boolean mouse = json.path("mouse").asBoolean(true);
    return new Settings(
        theme,
        charts(file, json, problems),
        mouse,
        keys(file, json.path("keys"), problems),
        problems);
  }

  private static Optional<Glyphs> charts(Path file, JsonNode json, List<String> problems) {
    if (!json.has("charts")) {
      return Optional.empty();
    }
    String name = json.path("charts").asText();
    for (Glyphs glyphs : Glyphs.values()) {
      if (glyphs.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(glyphs);
      }
    }
    problems.add(file + ": \"charts\" is braille, block or ascii");
    return Optional.empty();
  }

  private static Map<String, List<Chord>> keys(Path file, JsonNode json, List<String> problems) {
    Map<String, List<Chord>> keys = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry -> {
              List<Chord> chords = new ArrayList<>();
              for (String word : entry.getValue().asText().strip().split(" +")) {
                try {
                  if (!word.isEmpty()) {
                    chords.add(Chord.parse(word));
                  }
                } catch (IllegalArgumentException e) {
                  problems.add(file + ": keys of " + entry.getKey() + ": " + e.getMessage());
                }
              }
              keys.put(entry.getKey(), chords);
            });
    return keys;
  }
}
