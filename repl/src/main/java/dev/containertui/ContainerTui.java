package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Containers;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Pruned;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.oci.Platform;
import dev.containertui.view.Humanize;
import dev.containertui.view.SafeText;
import dev.containertui.volume.VolumeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The words for working with containers, for console, scripts and Java programs alike.
 *
 * <pre>{@code
 * import static dev.containertui.ContainerTui.*;
 *
 * pull("alpine");
 * System.out.println(run("alpine", "uname", "-a").text());
 *
 * var web = run("nginx").name("web").memory("256m").detach();
 * web.logs().await("start worker", Duration.ofSeconds(30));
 * web.rm();
 * }</pre>
 *
 * <p>They act on the user's engine, the one of the command line, which is started if need be;
 * containers outlive the program. {@link #use} and {@link #embedded} choose another one. In the
 * console and in scripts the words act on the engine of that, and nothing needs an import.
 *
 * <p>All of them may be called from any thread. What fails throws {@link EngineException}: one line
 * that says what failed and on what, {@link EngineException#hint()} what to do. Interrupting a
 * thread cancels what it waits for.
 */
public final class ContainerTui {
  private static final Duration BEAT = Duration.ofSeconds(1);

  private ContainerTui() {}

  // Which engine.

  /**
   * From now on, the words act on this engine, which stays the caller's to close.
   *
   * @throws EngineException CONFLICT in a console or script, which have their engine
   */
  public static void use(Engine engine) {
    Session.use(Args.required("use(engine)", "engine", engine));
  }

  /**
   * From now on, the words act on an engine in this very process: its containers end with the
   * program, or with {@link #close}.
   */
  public static void embedded() {
    Session.embedded();
  }

  /**
   * Lets go of the engine. An embedded one ends, and its containers with it; of the user's engine
   * only the connection is closed, and its containers run on; one of {@link #use} is left as it is.
   * The next word opens the user's engine again.
   */
  public static void close() {
    Session.closeCurrent();
  }

  /** The engine itself, for everything that has no word of its own. */
  public static Engine engine() {
    return Session.current().engine();
  }

  // Images.

  /**
   * Fetches an image from its registry; only what is missing is transferred.
   *
   * @param reference {@code "alpine"}, {@code "debian:12"}, {@code
   *     "localhost:5000/me/app@sha256:…"}
   * @throws EngineException NOT_FOUND, UNAUTHORIZED, UNAVAILABLE
   */
  public static Image pull(String reference) {
    return pull(reference, Optional.empty());
  }

  /**
   * Fetches an image for another platform.
   *
   * @param platform {@code "linux/arm64"}
   */
  public static Image pull(String reference, String platform) {
    return pull(reference, Optional.of(Args.platform("pull(reference, platform)", platform)));
  }

  static Image pull(String reference, Optional<Platform> platform) {
    Args.required("pull(reference)", "reference", reference);
    Progress progress = Session.current().frontend().progress();
    try {
      ImageSummary pulled =
          engine().images().pull(reference, platform, new PullMeter(reference, progress));
      return new Image(pulled);
    } finally {
      progress.done();
    }
  }

  /** All images in the store, newest first. */
  public static Listing<Image> images() {
    return new Listing<>(engine().images().list().stream().map(Image::new).toList());
  }

  /**
   * One image, by name, id or prefix of an id.
   *
   * @throws EngineException NOT_FOUND
   */
  public static Image image(String reference) {
    Args.required("image(reference)", "reference", reference);
    return engine()
        .images()
        .find(reference)
        .map(Image::new)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "image not found: " + reference,
                    "pull(\"" + reference + "\") fetches it; images() lists what is here"));
  }

  /**
   * Reads images of an archive that {@link Image#save}, docker or skopeo has written.
   *
   * @throws EngineException NOT_FOUND, INVALID, CORRUPT
   */
  public static Listing<Image> load(Path archive) {
    Args.required("load(path)", "path", archive);
    try (InputStream from = Files.newInputStream(archive)) {
      List<String> names = engine().images().load(from);
      return new Listing<>(names.stream().map(ContainerTui::image).toList());
    } catch (IOException e) {
      throw new EngineException(
          Kind.NOT_FOUND, "load(path): cannot read " + archive + ": " + Failures.reason(e), e);
    }
  }

  // Containers.

  /**
   * Begins to describe a container; nothing runs until {@code detach()}, {@code text()}, {@code
   * start()} or the like is called. See {@link Run}.
   *
   * <pre>{@code run("alpine", "uname", "-a").text()}</pre>
   *
   * @param command replaces the image's; left out, the image's own
   */
  public static Run run(String image, String... command) {
    Args.required("run(image, command…)", "image", image);
    for (String part : Args.present("run(image, command…)", "the command", command)) {
      Args.present("run(image, command…)", "a part of the command", part);
    }
    return new Run(image, List.of(command));
  }

  /** All containers, newest first, ended ones too. */
  public static Listing<Container> containers() {
    return new Listing<>(engine().containers().list(true).stream().map(Container::new).toList());
  }

  /**
   * One container, by name, id or prefix of an id.
   *
   * @throws EngineException NOT_FOUND; CONFLICT if more than one id has the prefix
   */
  public static Container c(String nameOrId) {
    Args.required("c(nameOrId)", "name", nameOrId);
    return engine()
        .containers()
        .find(nameOrId)
        .map(Container::new)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "container not found: " + nameOrId,
                    "containers() lists what is here"));
  }

  /** Samples of all containers that run, taken side by side. */
  public static Listing<Stats> stats() {
    Containers all = engine().containers();
    List<Stats> samples = new ArrayList<>();
    Map<String, ContainerStats> byId = all.stats();
    for (var container : all.list(false)) {
      ContainerStats sample = byId.get(container.id());
      if (sample != null) {
        samples.add(Stats.of(container.name(), sample));
      }
    }
    return new Listing<>(samples);
  }

  /** The virtual machines that run: one for each running container. */
  public static Listing<Machine> machines() {
    Containers all = engine().containers();
    Map<String, ContainerStats> byId = all.stats();
    List<Machine> machines = new ArrayList<>();
    for (var container : all.list(false)) {
      ContainerStats sample = byId.get(container.id());
      ContainerState state = container.state();
      long pid =
          switch (state) {
            case ContainerState.Running running -> running.machinePid();
            case ContainerState.Paused paused -> paused.machinePid();
            default -> 0;
          };
      if (sample == null || pid == 0) {
        continue; // it is just coming or going
      }
      Timeline timeline = Timeline.of(container.name(), container.bootTimeline());
      machines.add(
          new Machine(
              container.name(),
              container.shortId(),
              pid,
              state.word(),
              Stats.micros(sample.machineCpuMicros()),
              sample.machineResidentBytes(),
              sample.guestMemoryBytes(),
              sample.guestMemoryLimitBytes(),
              timeline.start(),
              timeline.total()));
    }
    return new Listing<>(machines);
  }

  /**
   * Listens to what happens, from now on; to be closed. See {@link Events}.
   *
   * <pre>{@code try (var events = events()) { events.forEach(System.out::println); }}</pre>
   */
  public static Events events() {
    return new Events(engine());
  }

  /**
   * Everything known about a container or an image.
   *
   * @throws EngineException NOT_FOUND
   */
  public static JsonNode inspect(String name) {
    Args.required("inspect(name)", "name", name);
    if (engine().containers().find(name).isPresent()) {
      return c(name).inspect();
    }
    if (engine().images().find(name).isPresent()) {
      return image(name).inspect();
    }
    throw new EngineException(
        Kind.NOT_FOUND,
        "no container and no image is called " + name,
        "containers() and images() list what there is");
  }

  // Volumes.

  /** All volumes, by name. */
  public static Listing<Volume> volumes() {
    var containers = engine().containers().list(true);
    return new Listing<>(
        engine().volumes().list().stream().map(v -> Volume.of(v, containers)).toList());
  }

  /**
   * One volume, by name.
   *
   * @throws EngineException NOT_FOUND
   */
  public static Volume volume(String name) {
    Args.required("volume(name)", "name", name);
    return engine()
        .volumes()
        .find(name)
        .map(v -> Volume.of(v, engine().containers().list(true)))
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "volume not found: " + name,
                    "createVolume(\"" + name + "\") makes it; volumes() lists what is here"));
  }

  /** Makes a volume; one of that name that is there already stays as it is. */
  public static Volume createVolume(String name) {
    return createVolume(VolumeSpec.named(Args.required("createVolume(name)", "name", name)));
  }

  /**
   * The same with a size, of 16 MiB to 1 TiB: {@code createVolume("data", "10g")}. It takes of the
   * disk what is written to it.
   */
  public static Volume createVolume(String name, String size) {
    long bytes = Args.size("createVolume(name, size)", size);
    return createVolume(
        new VolumeSpec(
            Optional.of(Args.required("createVolume(name, size)", "name", name)),
            dev.containertui.volume.Volume.DRIVER,
            Map.of(),
            Map.of("size", Long.toString(bytes))));
  }

  private static Volume createVolume(VolumeSpec spec) {
    return volume(engine().volumes().create(spec).name());
  }

  // The engine and its host.

  /** About the engine and this host. */
  public static SystemInfo system() {
    return SystemInfo.of(engine().info(), engine().endsWithCaller());
  }

  /** What takes how much of the disk. */
  public static DiskUse df() {
    return DiskUse.of(engine().diskUsage());
  }

  /** Removes containers that do not run, and images that have no name and no container. */
  public static Reclaimed prune() {
    return prune(false);
  }

  /**
   * Removes containers that do not run, and images.
   *
   * @param all images with a name too, if no container was made of them
   */
  public static Reclaimed prune(boolean all) {
    Pruned containers = engine().containers().prune(container -> true);
    Pruned images = engine().images().prune(all, image -> true);
    return new Reclaimed(
        containers.names(), images.names(), containers.reclaimedBytes() + images.reclaimedBytes());
  }

  /** Examines this host: what is there, what is missing, and what to do about it. */
  public static Listing<Finding> doctor() {
    return new Listing<>(engine().diagnose().stream().map(Finding::of).toList());
  }

  /** The installed guest kernels, the default one first. */
  public static Listing<Kernel> kernels() {
    Optional<String> standard = engine().kernels().defaultKernel().map(InstalledKernel::name);
    return new Listing<>(
        engine().kernels().list().stream()
            .map(kernel -> Kernel.of(kernel, standard.equals(Optional.of(kernel.name()))))
            .toList());
  }

  /** Fetches the distribution's kernel with the package manager and makes it the default. */
  public static Kernel installKernel() {
    Progress progress = Session.current().frontend().progress();
    try {
      InstalledKernel installed =
          engine()
              .kernels()
              .install(
                  event ->
                      progress.status(
                          event.totalBytes() == 0
                              ? event.step()
                              : event.step()
                                  + ": "
                                  + Humanize.bytes(event.doneBytes())
                                  + " of "
                                  + Humanize.bytes(event.totalBytes())));
      return Kernel.of(installed, true);
    } finally {
      progress.done();
    }
  }

  /** The booted machines that containers start from, the one used last first. */
  public static Listing<MachineTemplate> templates() {
    return new Listing<>(engine().templates().list().stream().map(MachineTemplate::of).toList());
  }

  // Helpers.

  /**
   * A directory of this host, a container or an image, with all below it, as a tree.
   *
   * <pre>{@code tree(c.fs("/etc"))}</pre>
   *
   * @throws EngineException NOT_FOUND; EXHAUSTED if it has more than 20,000 files
   */
  public static FileNode tree(Path root) {
    return tree(root, Integer.MAX_VALUE);
  }

  /** The same, so many directories deep; 0: the root alone. */
  public static FileNode tree(Path root, int depth) {
    Args.range("tree(path, depth)", depth, 0, Integer.MAX_VALUE, "a depth");
    return FileNode.of(Args.required("tree(path)", "path", root), depth);
  }

  /**
   * Prints values as the console shows them: lists as tables, sizes and times with units, texts as
   * they are, but for control characters on a terminal. What comes one after the other, as {@code
   * events()}, is printed as it comes.
   */
  public static void print(Object... values) {
    Frontend frontend = Session.current().frontend();
    for (Object value : printable(frontend, values)) {
      switch (value) {
        case Feed<?> feed -> feed.forEach(each -> frontend.out().println(frontend.render(each)));
        case CharSequence text -> frontend.out().println(frontend.text(text));
        case null, default -> frontend.out().println(frontend.render(value));
      }
    }
  }

  /** What a guest says must not drive a terminal, also not as a text. */
  private static List<Object> printable(Frontend frontend, Object... values) {
    List<Object> printable = new ArrayList<>();
    for (Object value : values == null ? new Object[] {null} : values) {
      printable.add(
          value instanceof CharSequence text && frontend.live()
              ? SafeText.block(text.toString())
              : value);
    }
    return printable;
  }

  /**
   * Shows what an expression gives, again every second, until the thread is interrupted (Ctrl-C in
   * the console). On a terminal it is drawn in place; elsewhere it is printed when it has changed.
   *
   * <pre>{@code watch(() -> stats())}</pre>
   *
   * @throws EngineException whatever the expression fails with
   */
  public static void watch(Callable<?> expression) {
    watch(BEAT, expression);
  }

  /** The same with another interval, at least 100 ms. */
  public static void watch(Duration interval, Callable<?> expression) {
    if (Args.positive("watch(interval, expression)", interval).toMillis() < 100) {
      throw Args.wrong("watch(interval, expression)", interval, "an interval", "100 ms or more");
    }
    Args.required("watch(interval, expression)", "expression", expression);
    new Watch(Session.current().frontend(), interval).run(expression);
  }

  /**
   * Waits until a condition holds; it is asked again and again.
   *
   * <pre>{@code await("the server answers", () -> c.exec("wget", "-qO-", "localhost").code() == 0,
   *     Duration.ofSeconds(30));}</pre>
   *
   * @param what is awaited, for the message
   * @param condition that fails does not hold; why is told at the end
   * @throws EngineException TIMEOUT, with what was awaited
   */
  public static void await(String what, Callable<Boolean> condition, Duration limit) {
    Args.required("await(what, condition, duration)", "condition", condition);
    Waits.until(
        Args.required("await(what, condition, duration)", "text of what is awaited", what),
        condition,
        Args.positive("await(what, condition, duration)", limit));
  }

  /** The same without words for what is awaited: the message names the line of the program. */
  public static void await(Callable<Boolean> condition, Duration limit) {
    Args.required("await(condition, duration)", "condition", condition);
    Waits.until(
        "the condition of " + Waits.caller(),
        condition,
        Args.positive("await(condition, duration)", limit));
  }

  /**
   * Does the same with each of several things at the same time, on virtual threads.
   *
   * <pre>{@code var images = parallel(List.of("alpine", "debian"), name -> pull(name));}</pre>
   *
   * @return the answers, in the order of the things
   * @throws EngineException when all have ended, if any has failed: which ones, and why; the first
   *     failure is its cause, the others are {@link Throwable#getSuppressed suppressed} in it.
   *     CANCELLED if the thread is interrupted, which interrupts all of them
   */
  public static <T, R> List<R> parallel(Collection<? extends T> things, Task<? super T, R> task) {
    return parallel(Integer.MAX_VALUE, things, task);
  }

  /** The same with at most so many at a time, 1 or more. */
  public static <T, R> List<R> parallel(
      int atMost, Collection<? extends T> things, Task<? super T, R> task) {
    Args.range("parallel(atMost, things, task)", atMost, 1, Integer.MAX_VALUE, "a number");
    Args.required("parallel(things, task)", "collection of things", things);
    Args.required("parallel(things, task)", "task", task);
    return Parallel.run(atMost, things, task);
  }

  /** What is done with each of several things; it may throw anything. */
  @FunctionalInterface
  public interface Task<T, R> {
    R apply(T thing) throws Exception;
  }
}
