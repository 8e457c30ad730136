package dev.containertui.container;

import dev.containertui.agent.ProcessStart;
import dev.containertui.agent.ReadAhead;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.ImageConfig.Execution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container runs: the user's words over the image's, joined by Docker's rules.
 *
 * @param environment without TERM, which depends on the terminal of each process
 */
record ProcessPlan(
    List<String> command,
    Map<String, String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    int stopSignal) {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /**
   * @throws EngineException INVALID if there is no command, or a variable or signal makes no sense
   */
  static ProcessPlan of(ContainerSpec spec, Execution image, String hostname) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", DEFAULT_PATH);
    environment.put("HOSTNAME", hostname);
    for (String variable : image.environment()) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    spec.environment().forEach((name, value) -> environment.put(checked(name), value));
    return new ProcessPlan(
        command(spec, image),
        environment,
        spec.workingDirectory().or(image::workingDirectory),
        spec.user().or(image::user),
        spec.stopSignal().or(image::stopSignal).map(LinuxSignal::number).orElse(LinuxSignal.TERM));
  }

  /**
   * Entrypoint and arguments. The user's entrypoint, also an empty one, takes the image's command
   * away with its entrypoint; the user's arguments replace the image's command only.
   *
   * @return not empty
   * @throws EngineException INVALID if nobody named a command
   */
  static List<String> command(ContainerSpec spec, Execution image) {
    List<String> entrypoint =
        spec.entrypoint()
            .map(words -> words.equals(List.of("")) ? List.<String>of() : words)
            .orElse(image.entrypoint());
    List<String> arguments =
        spec.arguments().isEmpty() && spec.entrypoint().isEmpty()
            ? image.command()
            : spec.arguments();
    List<String> command = new ArrayList<>(entrypoint);
    command.addAll(arguments);
    if (command.isEmpty()) {
      throw new EngineException(
          Kind.INVALID,
          "image " + spec.image() + " names no command, and none was given",
          "add a command after the image's name");
    }
    return List.copyOf(command);
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw new EngineException(Kind.INVALID, "not a name of a variable: '" + name + "'");
    }
    return name;
  }

  /** The main process. */
  ProcessStart main(ContainerSpec spec) {
    return new ProcessStart(
        true,
        command,
        variables(spec.environment(), spec.terminal().isPresent()),
        workingDirectory,
        user,
        spec.terminal(),
        spec.openStdin());
  }

  /** What a machine may read from its image before the container is there. */
  Optional<ReadAhead> readAhead() {
    return ReadAhead.of(command.getFirst(), environment.get("PATH"));
  }

  /** A process beside the main one. */
  ProcessStart beside(ProcessSpec spec) {
    spec.environment().keySet().forEach(ProcessPlan::checked);
    return new ProcessStart(
        false,
        spec.command(),
        variables(spec.environment(), spec.terminal().isPresent()),
        spec.workingDirectory().or(() -> workingDirectory),
        spec.user().or(() -> user),
        spec.terminal(),
        spec.openStdin());
  }

  private List<String> variables(Map<String, String> added, boolean terminal) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    if (terminal) {
      all.putIfAbsent("TERM", "xterm");
    }
    all.putAll(added);
    return all.entrySet().stream().map(v -> v.getKey() + "=" + v.getValue()).toList();
  }
}
