package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code run} and {@code create} that describe the container. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--rm", description = "remove the container when its command ends")
  private boolean remove;

  @Option(
      names = {"-i", "--interactive"},
      description = "pass standard input on")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "give the command a terminal")
  private boolean tty;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "K=V|K",
      description = "set a variable; K alone takes it over from here")
  private List<String> environment = List.of();

  @Option(names = "--env-file", paramLabel = "FILE", description = "set the variables of a file")
  private List<Path> environmentFiles = List.of();

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "working directory in the container")
  private String workingDirectory;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "user and group, by name or number")
  private String user;

  @Option(names = "--name", paramLabel = "NAME", description = "name of the container")
  private String name;

  @Option(
      names = "--entrypoint",
      paramLabel = "PROGRAM",
      description = "replaces the image's entrypoint; \"\" drops it")
  private String entrypoint;

  @Option(
      names = {"-h", "--hostname"},
      paramLabel = "NAME",
      description = "host name in the container")
  private String hostname;

  @Mixin private PortOptions ports;

  @Mixin private MachineOptions machine;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      converter = PlatformOption.class,
      description = "which platform of the image")
  private Platform platform;

  @Option(
      names = "--cold-boot",
      description =
          "boot its machine, instead of cloning one that has booted before: slower, but shares no"
              + " memory with other machines")
  private boolean coldBoot;

  @Option(names = "--read-only", description = "the root file system cannot be changed")
  private boolean readOnly;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "K=V",
      description = "attach a label")
  private List<String> labels = List.of();

  @Option(names = "--label-file", paramLabel = "FILE", description = "attach the labels of a file")
  private List<Path> labelFiles = List.of();

  @Mixin private MountOptions mounts;

  @Mixin private LifeOptions life;

  boolean interactive() {
    return interactive;
  }

  boolean remove() {
    return remove;
  }

  boolean tty() {
    return tty;
  }

  Optional<Platform> platform() {
    return Optional.ofNullable(platform);
  }

  MachineOptions machine() {
    return machine;
  }

  /**
   * What the options but for the kernel ask for; refuses what is malformed before anything is
   * fetched or booted.
   */
  ContainerSpec.Builder toSpec(
      String image,
      List<String> arguments,
      Map<String, String> here,
      Optional<TerminalSize> terminal) {
    ContainerSpec.Builder builder =
        ContainerSpec.of(image)
            .arguments(arguments)
            .environment(
                new EnvironmentVariables(here, ExitCodes.RUN_FAILED)
                    .collect(environmentFiles, environment))
            .openStdin(interactive)
            .readOnlyRoot(readOnly)
            .removeOnExit(remove)
            .coldBoot(coldBoot)
            .labels(parseLabels())
            .mounts(mounts.mounts());
    terminal.ifPresent(builder::terminal);
    if (name != null) {
      require(
          name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}"),
          "--name '" + name + "' must be 2 to 128 letters, digits, '_', '.' and '-'");
      builder.name(name);
    }
    if (workingDirectory != null) {
      require(
          workingDirectory.startsWith("/"),
          "--workdir '" + workingDirectory + "' must be an absolute path");
      builder.workingDirectory(workingDirectory);
    }
    if (user != null) {
      require(
          user.matches("[^:\\s]+(:[^:\\s]+)?"), "--user '" + user + "' must be USER or USER:GROUP");
      builder.user(user);
    }
    if (hostname != null) {
      int bytes = hostname.getBytes(StandardCharsets.UTF_8).length;
      require(bytes >= 1 && bytes <= 64, "--hostname must be 1 to 64 bytes long");
      builder.hostname(hostname);
    }
    if (entrypoint != null) {
      builder.entrypoint(entrypoint.isEmpty() ? List.of() : List.of(entrypoint));
    }
    builder.ports(ports.ports());
    life.apply(builder, remove);
    machine.cpus().ifPresent(builder::cpus);
    machine.memoryBytes().ifPresent(builder::memoryBytes);
    platform().ifPresent(builder::platform);
    return builder;
  }

  private Map<String, String> parseLabels() {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (Path file : labelFiles) {
      TextFile.read(file, "label file", ExitCodes.RUN_FAILED)
          .lines()
          .map(String::stripLeading)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(line -> addLabel(parsed, line, "a label in " + file));
    }
    labels.forEach(label -> addLabel(parsed, label, "--label"));
    return parsed;
  }

  private void addLabel(Map<String, String> labels, String label, String what) {
    String[] parts = label.split("=", 2);
    require(!parts[0].isEmpty(), what + " '" + label + "' has no name");
    labels.put(parts[0], parts.length == 2 ? parts[1] : "");
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw refuse(message);
    }
  }

  private ParameterException refuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
