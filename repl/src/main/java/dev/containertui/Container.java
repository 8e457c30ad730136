package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.LinuxSignal;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.fs.TreeFileSystem;
import dev.containertui.network.ContainerPort;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.View;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A container: a handle on it, which always tells how it is now. When it has been removed, all that
 * can change or be done fails NOT_FOUND; what never changes (id, image, command, labels) and its
 * last name are told still.
 *
 * <pre>{@code
 * var c = run("alpine").name("web").detach();
 * c.exec("uname", "-a").text()
 * c.stop().rm();
 * }</pre>
 */
public final class Container implements Value, Listed {
  private static final String SHELL =
      "if command -v bash >/dev/null 2>&1; then exec bash -i; else exec sh -i; fi";

  private final dev.containertui.container.Container container;

  Container(dev.containertui.container.Container container) {
    this.container = container;
  }

  dev.containertui.container.Container engines() {
    return container;
  }

  /**
   * The container, to be asked how it is: of one that is gone only what never changes is told.
   *
   * @throws EngineException NOT_FOUND if it has been removed
   */
  private dev.containertui.container.Container present() {
    if (container.isRemoved()) {
      throw gone();
    }
    return container;
  }

  private EngineException gone() {
    return new EngineException(
        Kind.NOT_FOUND,
        "container " + container.name() + " is gone: it has been removed",
        "containers() lists what is here");
  }

  /** Its name; of one that has been removed, the last one. */
  public String name() {
    return container.name();
  }

  /** The short id, 12 digits. */
  public String id() {
    return container.shortId();
  }

  /** The image, as it was written when the container was made. */
  public String image() {
    return container.spec().image();
  }

  /** What the main process executes, program first. */
  public List<String> command() {
    return container.command();
  }

  /**
   * One word: {@code created starting running paused stopping exited failed restarting}.
   *
   * @throws EngineException NOT_FOUND if it has been removed
   */
  public String state() {
    return present().state().word();
  }

  /** Whether it runs; what is paused, or has been removed, does not. */
  public boolean isRunning() {
    return container.state() instanceof ContainerState.Running && !container.isRemoved();
  }

  /**
   * How its main process ended: 0–255, 128 + n after signal n; -1 if its machine failed; empty if
   * it has not ended.
   *
   * @throws EngineException NOT_FOUND if it has been removed
   */
  public Optional<Integer> exitCode() {
    return ContainerView.exitCode(present());
  }

  /**
   * {@code "starting"}, {@code "healthy"} or {@code "unhealthy"}; empty if nothing checks it.
   *
   * @throws EngineException NOT_FOUND if it has been removed
   */
  public Optional<String> health() {
    return ContainerView.health(present());
  }

  public Instant createdAt() {
    return container.createdAt();
  }

  /**
   * Its address in its own network, if it runs; other containers and the host do not reach it.
   *
   * @throws EngineException NOT_FOUND if it has been removed
   */
  public Optional<String> address() {
    return present().address();
  }

  /**
   * Its ports that the host listens for now; none if it does not run.
   *
   * @throws EngineException NOT_FOUND if it has been removed
   */
  public Listing<Port> ports() {
    return new Listing<>(present().ports().stream().sorted().map(Port::of).toList());
  }

  /**
   * Where the host listens for one of its TCP ports: {@code "http://127.0.0.1:" + c.port(80)}.
   *
   * @throws EngineException NOT_FOUND if it is not published, or the container does not run
   */
  public int port(int number) {
    return port(Integer.toString(number));
  }

  /** The same for a port as Docker writes it: {@code "53/udp"}. */
  public int port(String text) {
    ContainerPort port = Args.port("port(port)", text);
    return present().ports().stream()
        .sorted()
        .filter(published -> published.containerPort().equals(port))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "port " + port + " of " + name() + " is not published",
                    container.state().isUp()
                        ? "run(…).port(" + port.number() + ") publishes it"
                        : "it does not run"))
        .hostPort();
  }

  public Map<String, String> labels() {
    return container.spec().labels();
  }

  /**
   * Starts a command beside the main process, and does not wait for its end: the answer is a {@link
   * Process}, with {@code text()}, {@code lines()}, {@code code()}, {@code result()}, {@code
   * stdin(…)}, {@code timeout(…)} and {@code pipe(…)} besides. {@link #command(String, String...)}
   * takes user, directory and environment too.
   *
   * <pre>{@code c.exec("sh", "-c", "echo $HOSTNAME").text()}</pre>
   *
   * @throws EngineException CONFLICT if the container does not run; COMMAND_NOT_FOUND or
   *     NOT_EXECUTABLE if the command cannot be executed
   */
  public Job exec(String... command) {
    return new Exec(present(), Args.command("exec(command…)", command)).start();
  }

  /**
   * Begins to describe a command beside the main process; see {@link Exec}.
   *
   * <pre>{@code c.command("id").user("1000").text()}</pre>
   */
  public Exec command(String program, String... arguments) {
    Args.required("command(program, arguments…)", "program", program);
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(List.of(arguments));
    return new Exec(present(), List.copyOf(all));
  }

  /**
   * A shell in it on this terminal, until it ends or Ctrl-] is typed. An exit code other than 0 is
   * printed.
   *
   * @throws EngineException INVALID if there is no terminal
   */
  public void shell() {
    int code = command("/bin/sh", "-c", SHELL).interactive();
    if (code != 0) {
      Session.current().frontend().out().println("exit code " + code);
    }
  }

  /**
   * The main process of the last start, to be written to and waited for. Its output is told from
   * its beginning, each time anew. Ending it ends the container.
   *
   * @throws EngineException CONFLICT if it was never started
   */
  public Job main() {
    ContainerProcess process =
        present()
            .process()
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.CONFLICT, name() + " has not been started", "start() starts it"));
    return new Job(container.command(), process);
  }

  /** What the main process has written; see {@link Logs}. */
  public Logs logs() {
    return new Logs(present());
  }

  /**
   * A sample of what it uses, inside and on the host.
   *
   * @throws EngineException CONFLICT if it does not run
   */
  public Stats stats() {
    return Stats.of(name(), present().stats());
  }

  /**
   * The processes in it.
   *
   * @throws EngineException CONFLICT if it does not run
   */
  public Listing<ProcessInfo> processes() {
    return new Listing<>(present().processes().stream().map(ProcessInfo::of).toList());
  }

  /** How it came up, step by step. */
  public Timeline timeline() {
    return Timeline.of(name(), present().bootTimeline());
  }

  /** Everything known about it. */
  public JsonNode inspect() {
    return Json.read(
        ContainerTui.engine().containers().inspectJson(present().id()),
        "the description of " + name());
  }

  /** How its files differ from its image's, in order of their paths. */
  public Listing<Change> diff() {
    return new Listing<>(present().files().changes().stream().map(Change::of).toList());
  }

  /**
   * Its root directory, running or not, for all that {@link Files} can do; see {@link
   * TreeFileSystem} for what can be written.
   *
   * <pre>{@code try (var files = Files.walk(c.fs())) { … }}</pre>
   */
  public Path fs() {
    return TreeFileSystem.ofContainer(name(), present().files()).root();
  }

  /**
   * A file or directory in it.
   *
   * <pre>{@code
   * Files.readString(c.fs("/etc/hosts"))
   * Files.writeString(c.fs("/etc/motd"), "hello\n")
   * }</pre>
   *
   * @param path from the root on, with or without a slash at the beginning
   */
  public Path fs(String path) {
    return fs().resolve(Args.required("fs(path)", "path", path));
  }

  /**
   * Copies a file or directory of this host into it, running or not, by the rules of {@code docker
   * cp}: into the target if that is a directory, else as the target.
   *
   * <pre>{@code c.cp(Path.of("site"), "/srv/www")}</pre>
   *
   * @throws EngineException NOT_FOUND, CONFLICT, INVALID if such a source cannot go to such a
   *     target
   */
  public Container cp(Path from, String to) {
    Args.required("cp(path, target)", "path", from);
    Copies.in(from, present(), Args.required("cp(path, target)", "target", to));
    return this;
  }

  /**
   * Copies a file or directory of it, running or not, to this host. No link is followed below the
   * target; devices are left out.
   *
   * <pre>{@code c.cp("/var/log/app.log", Path.of("."))}</pre>
   */
  public Container cp(String from, Path to) {
    Args.required("cp(source, path)", "path", to);
    Copies.out(present(), Args.required("cp(source, path)", "source", from), to);
    return this;
  }

  /** Copies a file or directory of it into another container. */
  public Container cp(String from, Container other, String to) {
    Copies.across(
        present(),
        Args.required("cp(source, container, target)", "source", from),
        Args.required("cp(source, container, target)", "container", other).present(),
        Args.required("cp(source, container, target)", "target", to));
    return this;
  }

  /** Writes its whole file system to a file of this host, as a tar archive. */
  public Path export(Path file) {
    Args.required("export(path)", "path", file);
    try (OutputStream to = Files.newOutputStream(file)) {
      present().files().export(to);
      return file;
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "export(path): cannot write " + file + ": " + Failures.reason(e), e);
    }
  }

  /**
   * Makes an image of its files. It stands still meanwhile.
   *
   * <pre>{@code c.commit("web:tuned", "CMD [\"httpd\", \"-f\"]")}</pre>
   *
   * @param name of the image
   * @param changes lines of a Dockerfile: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER,
   *     VOLUME, WORKDIR
   */
  public Image commit(String name, String... changes) {
    Args.required("commit(name, changes…)", "name", name);
    present()
        .commit(
            new CommitSpec(
                Optional.of(name), Optional.empty(), Optional.empty(), List.of(changes), true));
    return ContainerTui.image(name);
  }

  /**
   * Starts it, again with the same files if it has ended.
   *
   * @throws EngineException CONFLICT if it runs
   */
  public Container start() {
    present().start();
    return this;
  }

  /** Ends it: SIGTERM, after ten seconds, or as it was made with, SIGKILL, then power off. */
  public Container stop() {
    return stop(container.spec().stopTimeout());
  }

  /** Ends it, with so much time between SIGTERM and SIGKILL. */
  public Container stop(Duration grace) {
    present().stop(Args.positive("stop(duration)", grace));
    return this;
  }

  /** SIGKILL to the main process. */
  public Container kill() {
    present().kill(LinuxSignal.KILL);
    return this;
  }

  /** A signal to the main process: {@code "HUP"}, {@code "SIGUSR1"}, {@code "15"}. */
  public Container kill(String signal) {
    present().kill(Failures.signal("kill(signal)", signal));
    return this;
  }

  /** Lets its processes stand still. */
  public Container pause() {
    present().pause();
    return this;
  }

  /** Lets them go on. */
  public Container unpause() {
    present().unpause();
    return this;
  }

  /** Stops it, if it runs, and starts it. */
  public Container restart() {
    present().restart(Optional.empty());
    return this;
  }

  /** Gives it another name. */
  public Container rename(String name) {
    present().rename(Args.required("rename(name)", "name", name));
    return this;
  }

  /** Changes the most memory that it may use, at once if it runs: {@code "512m"}. */
  public Container memory(String size) {
    present()
        .update(
            new ResourceUpdate(
                OptionalDouble.empty(),
                OptionalLong.of(Args.size("memory(size)", size)),
                Optional.empty()));
    return this;
  }

  /** Changes the CPUs that it may use, at once if it runs. */
  public Container cpus(double number) {
    if (!(number > 0 && number <= 1024)) {
      throw Args.wrong("cpus(number)", number, "a number of CPUs", "more than 0, as in 0.5 or 2");
    }
    present()
        .update(
            new ResourceUpdate(OptionalDouble.of(number), OptionalLong.empty(), Optional.empty()));
    return this;
  }

  /** Changes whether it is started again when it has ended: see {@link Run#restart}. */
  public Container restart(String policy) {
    present()
        .update(
            new ResourceUpdate(
                OptionalDouble.empty(),
                OptionalLong.empty(),
                Optional.of(Args.restart("restart(policy)", policy))));
    return this;
  }

  /**
   * Waits until it has ended.
   *
   * @return its exit code: 0–255; 128 + n after signal n
   * @throws EngineException UNAVAILABLE if its machine failed; NOT_FOUND if it was removed and
   *     nobody here knows how it ended
   */
  public int waitFor() {
    try {
      return switch (container.awaitEnd()) {
        case ContainerState.Exited exited -> exited.exitCode();
        case ContainerState.Failed failed ->
            throw new EngineException(Kind.UNAVAILABLE, name() + " failed: " + failed.reason());
        case ContainerState.Created _ ->
            throw new EngineException(
                Kind.CONFLICT, name() + " has not been started", "start() starts it");
        default ->
            throw container.isRemoved()
                ? gone()
                : new EngineException(Kind.INTERNAL, name() + " has not ended");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "the wait for " + name() + " was cancelled");
    }
  }

  /**
   * Waits until it has ended, at most so long.
   *
   * @throws EngineException TIMEOUT
   */
  public int waitFor(Duration limit) {
    Args.positive("waitFor(duration)", limit);
    Waits.until(
        "the end of " + name(),
        () -> container.isRemoved() || !container.state().isActive(),
        limit);
    return waitFor();
  }

  /** Ends it, if it runs, and removes it with its files. */
  public void rm() {
    present().remove(true);
  }

  /**
   * What the list of containers tells of it; {@link #inspect} has all. The state of one that is
   * gone is {@code removed}.
   */
  @Override
  public JsonNode json() {
    return ContainerView.json(container);
  }

  @Override
  public View view() {
    return ContainerView.ROWS.table(List.of(this));
  }

  @Override
  public RowView<?> rowView() {
    return ContainerView.ROWS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Container handle && handle.container.id().equals(container.id());
  }

  @Override
  public int hashCode() {
    return container.id().hashCode();
  }

  /** Name, short id and state. */
  @Override
  public String toString() {
    return name() + " (" + id() + ", " + ContainerView.word(container) + ")";
  }
}
