package dev.containertui.cli;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.api.process.EngineControl;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.oci.Digest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "context",
    description = "Let docker's clients work with this engine.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "They do not start an engine: have one running (container-tui engine start), or let a service",
      "manager listen for it (contrib/systemd).",
      "",
      "examples:",
      "  eval \"$(container-tui context print)\"",
      "  container-tui context install && docker --context container-tui ps"
    })
final class ContextCommand extends ParentCommand {
  private static final String NAME = "container-tui";

  private final CliContext context;

  ContextCommand(CliContext context) {
    super("print and install");
    this.context = context;
  }

  private static String host() {
    return "unix://" + new EngineControl(EngineConfig.fromEnvironment()).files().socket();
  }

  @Command(
      name = "print",
      description = "Print what a shell has to be told: DOCKER_HOST, as an export command.")
  int print(@Mixin HelpOption printHelp) {
    try (PrintStream out = context.io().data()) {
      out.println("# or: docker context create " + NAME + " --docker host=" + host());
      out.println("export DOCKER_HOST='" + host().replace("'", "'\\''") + "'");
    }
    return ExitCodes.OK;
  }

  @Command(
      name = "install",
      description =
          "Make a context of docker's, named container-tui; it is not made the current one.")
  int install(@Mixin HelpOption installHelp) {
    Path file = contextFile();
    try {
      DurableFiles.createPrivate(file.getParent());
      DurableFiles.replace(file, Json.write(metadata()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot write " + file + ": " + e, e);
    }
    context.io().err().println("docker context use " + NAME + "   makes it the current one");
    try (PrintStream out = context.io().data()) {
      out.println(NAME);
    }
    return ExitCodes.OK;
  }

  /**
   * Docker keeps a context in a directory that is named after the digest of its name (docker/cli,
   * {@code cli/context/store}).
   */
  private Path contextFile() {
    String configured = context.environment().getOrDefault("DOCKER_CONFIG", "");
    Path docker =
        configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".docker")
            : Path.of(configured);
    String key = Digest.sha256(NAME.getBytes(StandardCharsets.UTF_8)).hex();
    return docker.resolve("contexts").resolve("meta").resolve(key).resolve("meta.json");
  }

  private static Map<String, ?> metadata() {
    Map<String, Object> endpoint = new LinkedHashMap<>();
    endpoint.put("Host", host());
    endpoint.put("SkipTLSVerify", false);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Name", NAME);
    json.put("Metadata", Map.of("Description", "Containers in virtual machines"));
    json.put("Endpoints", Map.of("docker", endpoint));
    return json;
  }
}
