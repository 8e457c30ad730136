package dev.containertui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.HealthCheck;
import dev.containertui.container.Mount;
import dev.containertui.container.MountText;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PortSpec;
import dev.containertui.oci.Platform;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to be made, described in the words of the command line. Nothing happens until one of
 * the methods that end the description is called:
 *
 * <pre>{@code
 * var web = run("nginx").name("web").memory("256m").detach();     // runs on; a Container
 * String os = run("alpine", "cat", "/etc/os-release").text();     // waits; the container is removed
 * int code = run("alpine", "sh").interactive();                   // on this terminal
 * }</pre>
 *
 * <p>An image that is not here is pulled before. The container of {@code start}, {@code text} and
 * the like is removed when its command has ended, unless {@link #keep()} was said; that of {@link
 * #detach()} stays, unless {@link #rm()} was said.
 */
public final class Run extends Command<Run> implements Viewable {
  private static final int MAX_PORT = 65535;

  private final ContainerSpec.Builder builder;
  private final String image;
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final List<String> hosts = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();
  private final List<PortRequest> published = new ArrayList<>();
  private final List<ContainerPort> exposed = new ArrayList<>();
  private boolean publishAll;
  private List<String> command;
  private Optional<Platform> platform = Optional.empty();
  private Optional<Boolean> removed = Optional.empty();
  private boolean openInput;
  private dev.containertui.container.Container onTerminal;
  private ContainerProcess main;

  Run(String image, List<String> command) {
    this.image = image;
    this.command = command;
    this.builder = ContainerSpec.of(image);
  }

  @Override
  Run self() {
    return this;
  }

  /** Program and arguments, in place of the image's command: {@code command("sleep", "60")}. */
  public Run command(String... words) {
    command = Args.command("command(words…)", words);
    return this;
  }

  /**
   * A name, unique among containers: letters, digits, {@code _ . -}, at least two of them. Left
   * out, the engine invents one.
   */
  public Run name(String name) {
    builder.name(Args.required("name(name)", "name", name));
    return this;
  }

  /** A label, free text under a free key, for {@code containers()} to be told apart by. */
  public Run label(String key, String value) {
    labels.put(
        Args.required("label(key, value)", "key", key),
        Args.present("label(key, value)", "the value", value));
    return this;
  }

  @Override
  public Run workdir(String path) {
    builder.workingDirectory(path("workdir(path)", path).orElseThrow());
    return this;
  }

  @Override
  public Run user(String name) {
    builder.user(Args.required("user(name)", "user", name));
    return this;
  }

  /** What the container calls itself, at most 64 bytes; else its short id. */
  public Run hostname(String name) {
    builder.hostname(Args.required("hostname(name)", "name", name));
    return this;
  }

  /** A further line in its {@code /etc/hosts}: {@code host("db", "10.0.2.2")}. */
  public Run host(String name, String address) {
    hosts.add(
        Args.required("host(name, address)", "name", name)
            + ":"
            + Args.required("host(name, address)", "address", address));
    return this;
  }

  /**
   * Has the host listen for a TCP port of the container, at all of the host's addresses: {@code
   * port(8080, 80)}, and {@code http://127.0.0.1:8080} is the container's port 80.
   *
   * @param hostPort 1–65535; 0: any that is free, which {@link Container#port} tells
   */
  public Run port(int hostPort, int containerPort) {
    Args.range("port(host, container)", hostPort, 0, MAX_PORT, "a port of the host");
    Args.range("port(host, container)", containerPort, 1, MAX_PORT, "a port");
    return port(hostPort + ":" + containerPort);
  }

  /** The same at any free port of the host, which {@link Container#port} tells. */
  public Run port(int containerPort) {
    return port(0, containerPort);
  }

  /**
   * Ports as the command line's {@code -p} has them: {@code "8080:80"}, {@code
   * "127.0.0.1:8080:80"}, {@code "5353:53/udp"}, {@code "8000-8010:8000-8010"}, {@code "80"}.
   *
   * @throws EngineException INVALID
   */
  public Run port(String text) {
    published.addAll(Args.published("port(text)", text));
    return this;
  }

  /** Publishes all ports that the image or {@link #expose} declares, at any free ports. */
  public Run publishAll() {
    publishAll = true;
    return this;
  }

  /** Declares that it serves a port: {@code "80"}, {@code "53/udp"}. */
  public Run expose(String port) {
    exposed.add(Args.port("expose(port)", port));
    return this;
  }

  /** Replaces the image's entrypoint, and drops its command. */
  public Run entrypoint(String... words) {
    builder.entrypoint(Args.command("entrypoint(words…)", words));
    return this;
  }

  /** CPUs that it may use, more than 0, fractions too: {@code cpus(1.5)}. */
  public Run cpus(double number) {
    if (!(number > 0 && number <= 1024)) {
      throw Args.wrong("cpus(number)", number, "a number of CPUs", "more than 0, as in 0.5 or 2");
    }
    builder.cpus(number);
    return this;
  }

  /**
   * The most memory that it may use: {@code "512m"}, {@code "2g"} (units of 1024), or bytes; at
   * least 6 MiB. Left out, it is all of a machine of 512 MiB.
   *
   * @throws EngineException INVALID
   */
  public Run memory(String size) {
    builder.memoryBytes(Args.size("memory(size)", size));
    return this;
  }

  /** The same in bytes. */
  public Run memory(long bytes) {
    if (bytes <= 0) {
      throw Args.wrong("memory(bytes)", bytes, "a size", "bytes, or \"512m\", \"2g\"");
    }
    builder.memoryBytes(bytes);
    return this;
  }

  /**
   * Whether it is started again when it has ended: {@code "no"}, {@code "on-failure"}, {@code
   * "on-failure:3"}, {@code "always"}, {@code "unless-stopped"}.
   */
  public Run restart(String policy) {
    builder.restartPolicy(Args.restart("restart(policy)", policy));
    return this;
  }

  /** The signal that {@code stop()} sends first: {@code "QUIT"}; else the image's, else TERM. */
  public Run stopSignal(String signal) {
    Failures.signal("stopSignal(name)", signal);
    builder.stopSignal(signal);
    return this;
  }

  /** How long {@code stop()} waits before it kills; else 10 s. */
  public Run stopTimeout(Duration grace) {
    builder.stopTimeout(Args.positive("stopTimeout(duration)", grace));
    return this;
  }

  /**
   * Checks its health with a command in it, again and again: exit code 0 means healthy.
   *
   * @param interval from the end of a check to the next one
   */
  public Run health(Duration interval, String... words) {
    builder.healthCheck(
        new HealthCheck(
            Args.command("health(interval, words…)", words),
            Args.positive("health(interval, words…)", interval),
            HealthCheck.DEFAULT_TIMEOUT,
            Duration.ZERO,
            HealthCheck.DEFAULT_START_INTERVAL,
            HealthCheck.DEFAULT_RETRIES));
    return this;
  }

  /** No writable disk: its files cannot be changed. */
  public Run readOnly() {
    builder.readOnlyRoot(true);
    return this;
  }

  /**
   * Mounts a volume, which is made if there is none of that name: {@code mount("data",
   * "/var/lib/data")}. When it is first used it gets what the image has there. Only one running
   * container at a time can have it, unless all mount it {@link #mountReadOnly read-only}.
   *
   * @param path absolute, in the container
   * @throws EngineException INVALID
   */
  public Run mount(String volume, String path) {
    return mount("mount(volume, path)", volume, path, "");
  }

  /** The same, but the container cannot change it. */
  public Run mountReadOnly(String volume, String path) {
    return mount("mountReadOnly(volume, path)", volume, path, ":ro");
  }

  private Run mount(String method, String volume, String path, String options) {
    String name = Args.required(method, "volume", volume);
    if (name.contains(":") || Args.required(method, "path", path).contains(":")) {
      throw Args.wrong(method, volume + ", " + path, "a volume and a path", "without a colon");
    }
    mounts.add(MountText.volume(name + ":" + path + options));
    return this;
  }

  /**
   * Mounts a file system in memory, which is empty whenever the container starts.
   *
   * @param path absolute, in the container
   * @throws EngineException INVALID
   */
  public Run tmpfs(String path) {
    mounts.add(MountText.tmpfs(Args.required("tmpfs(path)", "path", path), ""));
    return this;
  }

  /** The same with a size: {@code tmpfs("/tmp", "64m")}. */
  public Run tmpfs(String path, String size) {
    long bytes = Args.size("tmpfs(path, size)", size);
    mounts.add(MountText.tmpfs(Args.required("tmpfs(path, size)", "path", path), "size=" + bytes));
    return this;
  }

  /** Keeps the standard input of a detached container open, for {@link Container#main}. */
  public Run openInput() {
    openInput = true;
    return this;
  }

  /** Which platform of an image of several: {@code "linux/arm64"}. */
  public Run platform(String name) {
    platform = Optional.of(Args.platform("platform(name)", name));
    builder.platform(platform.get());
    return this;
  }

  /** Boots this kernel file instead of the installed one. */
  public Run kernel(Path file) {
    if (!Files.isReadable(Args.required("kernel(path)", "path", file))) {
      throw Args.wrong("kernel(path)", file, "a file that can be read", "the path of a kernel");
    }
    builder.kernel(file.toAbsolutePath());
    return this;
  }

  /** Boots its machine, instead of cloning one that has booted before. */
  public Run coldBoot() {
    builder.coldBoot(true);
    return this;
  }

  /** Removes the container when it has ended. */
  public Run rm() {
    removed = Optional.of(true);
    return this;
  }

  /** Keeps the container when it has ended. */
  public Run keep() {
    removed = Optional.of(false);
    return this;
  }

  /** Makes the container and does not start it: {@link Container#start} does. */
  public Container create() {
    return new Container(make(removed.orElse(false), openInput));
  }

  /**
   * Makes the container, starts it, and lets it run on.
   *
   * <p>If neither a command nor an entrypoint was given, its standard input stays open, so that an
   * image whose command is a shell stays up.
   *
   * <pre>{@code var c = run("alpine").detach(); c.exec("uname", "-a").text()}</pre>
   */
  public Container detach() {
    dev.containertui.container.Container made =
        make(removed.orElse(false), openInput || command.isEmpty());
    started(made);
    return new Container(made);
  }

  @Override
  Job launch() {
    builder.stdinOnce(true); // so that it can read the end of its input
    boolean removedAtEnd = removed.orElse(true);
    dev.containertui.container.Container made = make(removedAtEnd, true);
    return new Job(made.command(), started(made), () -> settle(made, removedAtEnd));
  }

  @Override
  ContainerProcess launchOn(TerminalSize size) {
    builder.terminal(size);
    environment().putIfAbsent("TERM", System.getenv().getOrDefault("TERM", "xterm"));
    onTerminal = make(removed.orElse(true), true);
    main = started(onTerminal);
    return main;
  }

  @Override
  public int interactive() {
    int code = super.interactive();
    try {
      if (!main.isAlive()) { // else the user has left it running
        settle(onTerminal, removed.orElse(true));
      }
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, this + " was cancelled");
    }
  }

  private dev.containertui.container.Container make(boolean removeOnExit, boolean openStdin) {
    Engine engine = ContainerTui.engine();
    if (engine.images().find(image).isEmpty()) {
      ContainerTui.pull(image, platform);
    }
    return engine
        .containers()
        .create(
            builder
                .arguments(command)
                .environment(environment())
                .labels(labels)
                .hosts(hosts)
                .mounts(mounts)
                .ports(new PortSpec(published, publishAll, exposed))
                .openStdin(openStdin)
                .removeOnExit(removeOnExit)
                .build());
  }

  /** The container's end comes a little after its process's: what is asked next finds it done. */
  private static void settle(dev.containertui.container.Container made, boolean removedAtEnd)
      throws InterruptedException {
    made.awaitEnd();
    if (!removedAtEnd) {
      return;
    }
    try {
      made.await(WaitCondition.REMOVED);
    } catch (EngineException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      // It has gone already.
    }
  }

  private static ContainerProcess started(dev.containertui.container.Container made) {
    try {
      return made.start();
    } catch (RuntimeException e) {
      removeQuietly(made, e);
      throw e;
    }
  }

  /** Nobody has a name for a container that did not start: it must not stay behind. */
  private static void removeQuietly(
      dev.containertui.container.Container made, RuntimeException why) {
    boolean interrupted = Thread.interrupted();
    try {
      made.remove(true);
    } catch (EngineException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        why.addSuppressed(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is described, and how to start it. */
  @Override
  public View view() {
    return View.text(Tone.DIM, this + ": not started; .detach(), .text() or .interactive() does");
  }

  /** Image and command. */
  @Override
  public String toString() {
    return ("run " + image + " " + String.join(" ", command)).strip();
  }
}
