package dev.containertui.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Printable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes the {@code config} object of an image's configuration as the instructions of a Dockerfile
 * do. What it does not know stays as it is.
 */
final class ConfigEditor {
  private static final Pattern PORTS =
      Pattern.compile(
          "([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIGNAL = Pattern.compile("[A-Z][A-Z0-9+-]{1,15}|[0-9]{1,2}");
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private final ObjectNode config;

  ConfigEditor(ObjectNode config) {
    this.config = config;
  }

  /** CMD and ENTRYPOINT: a JSON array of words, or text for the shell. */
  void command(String field, String arguments) {
    strings(
        field, DockerfileText.execForm(arguments).orElseGet(() -> shellForm(arguments.strip())));
  }

  private List<String> shellForm(String text) {
    List<String> words = new ArrayList<>();
    if (config.get("Shell") instanceof ArrayNode shell && !shell.isEmpty()) {
      shell.forEach(word -> words.add(word.asText()));
    } else {
      words.addAll(DEFAULT_SHELL);
    }
    words.add(text);
    return words;
  }

  void strings(String field, List<String> values) {
    ArrayNode array = config.putArray(field);
    values.forEach(array::add);
  }

  /** {@code NAME=value …}, or one {@code NAME value}. */
  void environment(String arguments) {
    pairs("ENV", arguments).forEach(this::variable);
  }

  private void variable(String name, String value) {
    ArrayNode variables =
        config.get("Env") instanceof ArrayNode present ? present : config.putArray("Env");
    for (int i = 0; i < variables.size(); i++) {
      if (variables.get(i).asText().startsWith(name + "=")) {
        variables.set(i, name + "=" + value);
        return;
      }
    }
    variables.add(name + "=" + value);
  }

  /** The value of a variable of the image; null if it has none. */
  private String value(String name) {
    if (config.get("Env") instanceof ArrayNode variables) {
      for (JsonNode variable : variables) {
        if (variable.asText().startsWith(name + "=")) {
          return variable.asText().substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  void labels(String arguments) {
    ObjectNode labels = object("Labels");
    pairs("LABEL", arguments).forEach(labels::put);
  }

  private Map<String, String> pairs(String instruction, String arguments) {
    Map<String, String> pairs = new LinkedHashMap<>();
    String first = arguments.strip().split("[ \t]+", 2)[0];
    if (first.indexOf('=') < 0) {
      String[] parts = arguments.strip().split("[ \t]+", 2);
      if (parts.length < 2) {
        throw invalid(instruction, arguments, "is not NAME=value");
      }
      pairs.put(parts[0], DockerfileText.oneWord(parts[1], this::value));
      return pairs;
    }
    for (String word : DockerfileText.words(arguments, this::value)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw invalid(instruction, word, "is not NAME=value");
      }
      pairs.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return pairs;
  }

  /** {@code 80}, {@code 53/udp}, {@code 8000-8010/tcp}. */
  void expose(String arguments) {
    ObjectNode ports = object("ExposedPorts");
    for (String word : DockerfileText.words(arguments, this::value)) {
      Matcher range = PORTS.matcher(word);
      int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
      int last = first > 0 && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
      if (first < 1 || last < first || last > 65535) {
        throw invalid("EXPOSE", word, "is not a port: 80, 53/udp or 8000-8010/tcp");
      }
      String protocol = range.group(3) == null ? "tcp" : range.group(3).toLowerCase(Locale.ROOT);
      for (int port = first; port <= last; port++) {
        ports.putObject(port + "/" + protocol);
      }
    }
  }

  void volumes(String arguments) {
    List<String> paths =
        DockerfileText.execForm(arguments)
            .orElseGet(() -> DockerfileText.words(arguments, this::value));
    ObjectNode volumes = object("Volumes");
    for (String path : paths) {
      if (path.isBlank()) {
        throw invalid("VOLUME", arguments, "has an empty path");
      }
      volumes.putObject(path);
    }
  }

  void user(String arguments) {
    config.put("User", single("USER", arguments));
  }

  void stopSignal(String arguments) {
    String signal = single("STOPSIGNAL", arguments);
    if (!SIGNAL.matcher(signal).matches()) {
      throw invalid("STOPSIGNAL", signal, "is not a signal: SIGTERM, TERM or 15");
    }
    config.put("StopSignal", signal);
  }

  /** An absolute path, or one below the present directory. */
  void workingDirectory(String arguments) {
    String path = DockerfileText.oneWord(arguments, this::value);
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw invalid("WORKDIR", arguments, "is not a path");
    }
    String present = config.path("WorkingDir").asText("");
    config.put("WorkingDir", normal(path.startsWith("/") ? path : present + "/" + path));
  }

  /** Without {@code .}, {@code ..} and doubled slashes. */
  private static String normal(String path) {
    ArrayDeque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  void healthcheck(String arguments) {
    config.set("Healthcheck", HealthcheckLine.parse(arguments).toJson());
  }

  private String single(String instruction, String arguments) {
    List<String> words = DockerfileText.words(arguments, this::value);
    if (words.size() != 1 || words.getFirst().isEmpty()) {
      throw invalid(instruction, arguments, "is not one word");
    }
    return words.getFirst();
  }

  private ObjectNode object(String field) {
    return config.get(field) instanceof ObjectNode present ? present : config.putObject(field);
  }

  static EngineException invalid(String instruction, String text, String how) {
    return new EngineException(
        Kind.INVALID,
        instruction + ": \"" + Printable.of(text) + "\" " + how,
        "see the Dockerfile reference");
  }
}
