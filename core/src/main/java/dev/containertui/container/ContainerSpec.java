package dev.containertui.container;

import dev.containertui.agent.TerminalSize;
import dev.containertui.network.PortSpec;
import dev.containertui.oci.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Everything that a user says about a container. What is empty comes from the image's configuration
 * or the engine's defaults.
 *
 * @param image reference as the user wrote it, or an image id
 * @param name unique among containers, {@code [a-zA-Z0-9][a-zA-Z0-9_.-]+}; empty: the engine
 *     invents one
 * @param entrypoint replaces the image's entrypoint and drops its command
 * @param arguments replaces the image's command
 * @param environment added to the image's; these win
 * @param workingDirectory absolute path in the container
 * @param user {@code name|uid[:group|gid]}
 * @param hostname at most 64 bytes; empty: the short container id
 * @param ports which of its ports are published, and which it serves
 * @param terminal initial size of a pseudo terminal for the main process; empty: pipes
 * @param openStdin whether the main process's standard input stays open ({@code -i})
 * @param cpus number of CPUs that the container may use, &gt; 0; the machine gets as many vCPUs,
 *     rounded up
 * @param memoryBytes the most memory that the container may use, at least 6 MiB; the machine gets
 *     as much as that and its kernel need, rounded up to a memory class; empty: all of a machine of
 *     512 MiB
 * @param readOnlyRoot no writable disk: the root file system cannot be changed
 * @param removeOnExit the container's record and disk go when its main process ends ({@code --rm})
 * @param platform which platform of a multi-platform image; empty: the host's
 * @param kernel a kernel file to boot instead of the installed one
 * @param coldBoot the machine boots, instead of being a clone of a template
 * @param labels free key/value pairs
 * @param mounts volumes and tmpfs file systems, each at a place of its own
 * @param stdinOnce the main process's standard input is closed when the first client that was
 *     attached to it goes
 * @param restartPolicy whether it is started again when it has ended
 * @param healthCheck empty: the image's; one without command: none
 * @param stopSignal name or number; empty: the image's, else SIGTERM
 * @param stopTimeout how long a stop waits for the main process before it is killed; 10 s unless
 *     said otherwise
 * @param logOptions how much of the output is kept
 * @param hosts further lines for {@code /etc/hosts}: {@code name:address}
 */
public record ContainerSpec(
    String image,
    Optional<String> name,
    Optional<List<String>> entrypoint,
    List<String> arguments,
    Map<String, String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    Optional<String> hostname,
    PortSpec ports,
    Optional<TerminalSize> terminal,
    boolean openStdin,
    OptionalDouble cpus,
    OptionalLong memoryBytes,
    boolean readOnlyRoot,
    boolean removeOnExit,
    Optional<Platform> platform,
    Optional<Path> kernel,
    boolean coldBoot,
    Map<String, String> labels,
    List<Mount> mounts,
    boolean stdinOnce,
    RestartPolicy restartPolicy,
    Optional<HealthCheck> healthCheck,
    Optional<String> stopSignal,
    Duration stopTimeout,
    LogOptions logOptions,
    List<String> hosts) {
  public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

  public ContainerSpec {
    entrypoint = entrypoint.map(List::copyOf);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    labels = Map.copyOf(labels);
    mounts = List.copyOf(mounts);
    hosts = List.copyOf(hosts);
  }

  /** Starts the description of a container of {@code image}. */
  public static Builder of(String image) {
    return new Builder(image);
  }

  /** The same with other ports. */
  public ContainerSpec with(PortSpec newPorts) {
    Builder changed = copy();
    changed.ports = newPorts;
    return changed.build();
  }

  /** The same with other limits and another policy. */
  public ContainerSpec with(
      OptionalDouble newCpus, OptionalLong newMemoryBytes, RestartPolicy newPolicy) {
    Builder changed = copy();
    changed.cpus = newCpus;
    changed.memoryBytes = newMemoryBytes;
    changed.restartPolicy = newPolicy;
    return changed.build();
  }

  /** The same with other mounts. */
  public ContainerSpec withMounts(List<Mount> newMounts) {
    Builder changed = copy();
    changed.mounts = newMounts;
    return changed.build();
  }

  private Builder copy() {
    Builder copy = new Builder(image);
    copy.name = name;
    copy.entrypoint = entrypoint;
    copy.arguments = arguments;
    copy.environment = environment;
    copy.workingDirectory = workingDirectory;
    copy.user = user;
    copy.hostname = hostname;
    copy.ports = ports;
    copy.terminal = terminal;
    copy.openStdin = openStdin;
    copy.cpus = cpus;
    copy.memoryBytes = memoryBytes;
    copy.readOnlyRoot = readOnlyRoot;
    copy.removeOnExit = removeOnExit;
    copy.platform = platform;
    copy.kernel = kernel;
    copy.coldBoot = coldBoot;
    copy.labels = labels;
    copy.mounts = mounts;
    copy.stdinOnce = stdinOnce;
    copy.restartPolicy = restartPolicy;
    copy.healthCheck = healthCheck;
    copy.stopSignal = stopSignal;
    copy.stopTimeout = stopTimeout;
    copy.logOptions = logOptions;
    copy.hosts = hosts;
    return copy;
  }

  /** Collects a {@link ContainerSpec}; every method overwrites what was said before. */
  public static final class Builder {
    private final String image;
    private Optional<String> name = Optional.empty();
    private Optional<List<String>> entrypoint = Optional.empty();
    private List<String> arguments = List.of();
    private Map<String, String> environment = Map.of();
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> hostname = Optional.empty();
    private PortSpec ports = PortSpec.NONE;
    private Optional<TerminalSize> terminal = Optional.empty();
    private boolean openStdin;
    private OptionalDouble cpus = OptionalDouble.empty();
    private OptionalLong memoryBytes = OptionalLong.empty();
    private boolean readOnlyRoot;
    private boolean removeOnExit;
    private Optional<Platform> platform = Optional.empty();
    private Optional<Path> kernel = Optional.empty();
    private boolean coldBoot;
    private Map<String, String> labels = Map.of();
    private List<Mount> mounts = List.of();
    private boolean stdinOnce;
    private RestartPolicy restartPolicy = new RestartPolicy.No();
    private Optional<HealthCheck> healthCheck = Optional.empty();
    private Optional<String> stopSignal = Optional.empty();
    private Duration stopTimeout = DEFAULT_STOP_TIMEOUT;
    private LogOptions logOptions = LogOptions.DEFAULT;
    private List<String> hosts = List.of();

    private Builder(String image) {
      this.image = image;
    }

    public Builder name(String name) {
      this.name = Optional.of(name);
      return this;
    }

    public Builder entrypoint(List<String> entrypoint) {
      this.entrypoint = Optional.of(entrypoint);
      return this;
    }

    public Builder arguments(String... arguments) {
      return arguments(List.of(arguments));
    }

    public Builder arguments(List<String> arguments) {
      this.arguments = arguments;
      return this;
    }

    public Builder environment(Map<String, String> environment) {
      this.environment = environment;
      return this;
    }

    public Builder workingDirectory(String workingDirectory) {
      this.workingDirectory = Optional.of(workingDirectory);
      return this;
    }

    public Builder user(String user) {
      this.user = Optional.of(user);
      return this;
    }

    public Builder hostname(String hostname) {
      this.hostname = Optional.of(hostname);
      return this;
    }

    public Builder ports(PortSpec ports) {
      this.ports = ports;
      return this;
    }

    public Builder terminal(TerminalSize terminal) {
      this.terminal = Optional.of(terminal);
      return this;
    }

    public Builder openStdin(boolean openStdin) {
      this.openStdin = openStdin;
      return this;
    }

    public Builder cpus(double cpus) {
      this.cpus = OptionalDouble.of(cpus);
      return this;
    }

    public Builder memoryBytes(long memoryBytes) {
      this.memoryBytes = OptionalLong.of(memoryBytes);
      return this;
    }

    public Builder readOnlyRoot(boolean readOnlyRoot) {
      this.readOnlyRoot = readOnlyRoot;
      return this;
    }

    public Builder removeOnExit(boolean removeOnExit) {
      this.removeOnExit = removeOnExit;
      return this;
    }

    public Builder platform(Platform platform) {
      this.platform = Optional.of(platform);
      return this;
    }

    public Builder kernel(Path kernel) {
      this.kernel = Optional.of(kernel);
      return this;
    }

    public Builder coldBoot(boolean coldBoot) {
      this.coldBoot = coldBoot;
      return this;
    }

    public Builder labels(Map<String, String> labels) {
      this.labels = labels;
      return this;
    }

    public Builder mounts(List<Mount> mounts) {
      this.mounts = mounts;
      return this;
    }

    public Builder stdinOnce(boolean stdinOnce) {
      this.stdinOnce = stdinOnce;
      return this;
    }

    public Builder restartPolicy(RestartPolicy restartPolicy) {
      this.restartPolicy = restartPolicy;
      return this;
    }

    public Builder healthCheck(HealthCheck healthCheck) {
      this.healthCheck = Optional.of(healthCheck);
      return this;
    }

    public Builder stopSignal(String stopSignal) {
      this.stopSignal = Optional.of(stopSignal);
      return this;
    }

    public Builder stopTimeout(Duration stopTimeout) {
      this.stopTimeout = stopTimeout;
      return this;
    }

    public Builder logOptions(LogOptions logOptions) {
      this.logOptions = logOptions;
      return this;
    }

    public Builder hosts(List<String> hosts) {
      this.hosts = hosts;
      return this;
    }

    public ContainerSpec build() {
      return new ContainerSpec(
          image,
          name,
          entrypoint,
          arguments,
          environment,
          workingDirectory,
          user,
          hostname,
          ports,
          terminal,
          openStdin,
          cpus,
          memoryBytes,
          readOnlyRoot,
          removeOnExit,
          platform,
          kernel,
          coldBoot,
          labels,
          mounts,
          stdinOnce,
          restartPolicy,
          healthCheck,
          stopSignal,
          stopTimeout,
          logOptions,
          hosts);
    }
  }
}
