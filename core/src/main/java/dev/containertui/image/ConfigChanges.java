package dev.containertui.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lines of a Dockerfile that change how an image's containers run: CMD, ENTRYPOINT, ENV, EXPOSE,
 * HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME, WORKDIR.
 */
final class ConfigChanges {
  private static final int MAX_CHARS = 1 << 20;
  private static final Set<String> NAMES =
      Set.of(
          "CMD",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "HEALTHCHECK",
          "LABEL",
          "ONBUILD",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  /**
   * A line.
   *
   * @param name of the instruction, in upper case
   * @param arguments the rest
   */
  private record Instruction(String name, String arguments) {}

  private final List<Instruction> instructions;

  private ConfigChanges(List<Instruction> instructions) {
    this.instructions = instructions;
  }

  /**
   * Reads lines; each text may have several, and a line that ends in a backslash goes on in the
   * next one.
   *
   * @throws EngineException INVALID
   */
  static ConfigChanges parse(List<String> texts) {
    if (texts.stream().mapToLong(String::length).sum() > MAX_CHARS) {
      throw new EngineException(Kind.INVALID, "the changes have more than a million characters");
    }
    List<Instruction> instructions = new ArrayList<>();
    StringBuilder logical = new StringBuilder();
    for (String line : String.join("\n", texts).split("\r?\n")) {
      if (line.stripLeading().startsWith("#")) {
        continue;
      }
      String trimmed = line.stripTrailing();
      if (trimmed.endsWith("\\")) {
        logical.append(trimmed, 0, trimmed.length() - 1);
        continue;
      }
      logical.append(line);
      if (!logical.toString().isBlank()) {
        instructions.add(instruction(logical.toString().strip()));
      }
      logical.setLength(0);
    }
    if (!logical.toString().isBlank()) {
      instructions.add(instruction(logical.toString().strip()));
    }
    return new ConfigChanges(instructions);
  }

  private static Instruction instruction(String line) {
    String[] parts = line.split("[ \t]+", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    if (!NAMES.contains(name)) {
      throw new EngineException(
          Kind.INVALID,
          "not a change of an image's configuration: " + Printable.of(line),
          "changes are lines of a Dockerfile with one of "
              + String.join(", ", NAMES.stream().sorted().toList()));
    }
    if (parts.length < 2) {
      throw new EngineException(
          Kind.INVALID, name + " needs an argument", "see the Dockerfile reference");
    }
    return new Instruction(name, parts[1]);
  }

  /**
   * Makes the changes.
   *
   * @param config the {@code config} object of an image's configuration
   * @throws EngineException INVALID
   */
  void applyTo(ObjectNode config) {
    ConfigEditor editor = new ConfigEditor(config);
    boolean commandSet = false;
    for (Instruction instruction : instructions) {
      String arguments = instruction.arguments();
      switch (instruction.name()) {
        case "CMD" -> {
          editor.command("Cmd", arguments);
          commandSet = true;
        }
        case "ENTRYPOINT" -> {
          editor.command("Entrypoint", arguments);
          if (!commandSet) {
            config.remove("Cmd"); // It was meant for another program.
          }
        }
        case "ENV" -> editor.environment(arguments);
        case "EXPOSE" -> editor.expose(arguments);
        case "HEALTHCHECK" -> editor.healthcheck(arguments);
        case "LABEL" -> editor.labels(arguments);
        case "ONBUILD" -> onBuild(config, arguments);
        case "STOPSIGNAL" -> editor.stopSignal(arguments);
        case "USER" -> editor.user(arguments);
        case "VOLUME" -> editor.volumes(arguments);
        case "WORKDIR" -> editor.workingDirectory(arguments);
        default -> throw new AssertionError(instruction);
      }
    }
  }

  private static void onBuild(ObjectNode config, String trigger) {
    String name = trigger.split("[ \t]+", 2)[0].toUpperCase(Locale.ROOT);
    if (name.equals("ONBUILD") || name.equals("FROM") || name.equals("MAINTAINER")) {
      throw new EngineException(
          Kind.INVALID, "ONBUILD may not be followed by " + name, "see the Dockerfile reference");
    }
    ArrayNode triggers =
        config.get("OnBuild") instanceof ArrayNode present ? present : config.putArray("OnBuild");
    triggers.add(trigger);
  }
}
