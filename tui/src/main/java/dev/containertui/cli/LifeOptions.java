package dev.containertui.cli;

import dev.containertui.container.ContainerSpec;
import dev.containertui.container.LinuxSignal;
import dev.containertui.container.LogOptions;
import dev.containertui.container.RestartPolicy;
import dev.containertui.error.EngineException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code run} and {@code create} about a container's life after its start. */
final class LifeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--restart",
      paramLabel = "POLICY",
      defaultValue = "no",
      description = "no, on-failure[:N], always or unless-stopped (default: no)")
  private String restart;

  @Mixin private HealthOptions health;

  @Option(
      names = "--stop-signal",
      paramLabel = "SIGNAL",
      description = "what stop sends (default: what the image says, mostly SIGTERM)")
  private String stopSignal;

  @Option(
      names = "--stop-timeout",
      paramLabel = "SECONDS",
      description = "how long stop waits before SIGKILL (default: 10)")
  private Integer stopSeconds;

  @Option(
      names = "--log-opt",
      paramLabel = "K=V",
      description = "max-size=SIZE of a log file; max-file=N that are kept")
  private List<String> logOptions = List.of();

  @Option(
      names = "--add-host",
      paramLabel = "NAME:ADDRESS",
      description = "add a line to /etc/hosts")
  private List<String> hosts = List.of();

  @Option(
      names = "--init",
      description = "as docker has it; there always is an init, outside of the container")
  private boolean init;

  void apply(ContainerSpec.Builder builder, boolean removeOnExit) {
    RestartPolicy policy = parse(() -> RestartPolicy.parse(restart));
    require(
        !removeOnExit || policy instanceof RestartPolicy.No,
        "conflicting options: cannot specify both --restart and --rm");
    builder.restartPolicy(policy);
    health.healthCheck().ifPresent(builder::healthCheck);
    if (stopSignal != null) {
      parse(() -> LinuxSignal.number(stopSignal));
      builder.stopSignal(stopSignal);
    }
    if (stopSeconds != null) {
      require(stopSeconds >= 0, "--stop-timeout must not be negative");
      builder.stopTimeout(Duration.ofSeconds(stopSeconds));
    }
    builder.logOptions(parseLogOptions());
    builder.hosts(hosts.stream().map(this::parseHost).toList());
  }

  private LogOptions parseLogOptions() {
    long size = LogOptions.DEFAULT.maxSegmentBytes();
    int files = LogOptions.DEFAULT.maxSegments();
    for (String option : logOptions) {
      String[] parts = option.split("=", 2);
      require(parts.length == 2, "--log-opt '" + option + "' must be K=V");
      switch (parts[0]) {
        case "max-size" -> {
          size = Units.parseMemory(parts[1]).orElse(0);
          require(
              size >= LogOptions.MIN_SEGMENT_BYTES,
              "--log-opt max-size '" + parts[1] + "' must be a size of at least 64k");
        }
        case "max-file" -> {
          files = parts[1].matches("[0-9]{1,4}") ? Integer.parseInt(parts[1]) : 0;
          require(files > 0, "--log-opt max-file '" + parts[1] + "' must be at least 1");
        }
        default -> throw refuse("--log-opt '" + parts[0] + "' is none of max-size and max-file");
      }
    }
    return new LogOptions(size, files);
  }

  /** Docker has {@code name:address} and {@code name=address}, addresses in brackets too. */
  private String parseHost(String text) {
    int separator = text.indexOf('=') > 0 ? text.indexOf('=') : text.indexOf(':');
    String example = "--add-host '" + text + "' must be NAME:ADDRESS, as db:10.0.0.7 is";
    require(separator > 0, example);
    String name = text.substring(0, separator);
    String address = text.substring(separator + 1).replaceFirst("^\\[(.*)]$", "$1");
    require(name.matches("[a-zA-Z0-9_.-]{1,253}"), example);
    try {
      InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      throw refuse(example);
    }
    return name + ":" + address;
  }

  private <T> T parse(java.util.function.Supplier<T> parser) {
    try {
      return parser.get();
    } catch (EngineException e) {
      throw refuse(e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint()));
    }
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
