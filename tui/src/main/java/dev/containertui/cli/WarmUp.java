package dev.containertui.cli;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.engine.api.client.RemoteEngine;
import dev.containertui.engine.api.process.EngineConnector;
import dev.containertui.engine.api.process.EngineControl;
import dev.containertui.engine.api.server.ApiServer;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What the launcher's two ahead-of-time caches (JEP 514) are recorded from. This process, which
 * records the commands' cache, uses the parts that every command uses, starts a container if the
 * user has a kernel, and loads all classes of this program. The engine's cache is recorded by an
 * engine's process that does the same work: a cache is resident as a whole in whoever uses it, and
 * the engine needs neither screens nor commands. It prints nothing, and leaves nothing but the
 * caches and what is in its own directory.
 */
public final class WarmUp {
  private static final String OWN = "container-tui";
  private static final String CLASS = ".class";

  /** It takes three seconds of a quiet machine. */
  private static final int RECORDING_SECONDS = 120;

  private WarmUp() {}

  /**
   * @param arguments an empty directory for its state, and where to put the engine's cache
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Path.of(arguments[0]);
    EngineConfig config = EngineConfig.below(home);
    Path socket = config.directories().ensureRuntime().resolve("warm-up.sock");
    try (LoopbackRegistry registry = LoopbackRegistry.start()) {
      new ImageBuilder()
          .layer(
              new LayerBuilder()
                  .directory("bin", 0755)
                  .file("bin/sleep", 0755, program())
                  .file("bin/true", 0755, program())
                  .build(Compression.GZIP))
          .push(registry, OWN, "latest");
      String image = registry.reference(OWN, "latest").toString();
      recordEngine(config, image, Path.of(arguments[1]));
      try (LocalEngine engine = LocalEngine.openSupervising(config);
          var _ = ApiServer.start(engine, socket)) {
        use(() -> RemoteEngine.of(socket, config, () -> {}, notice -> {}), image);
        run(() -> LocalEngine.open(config), "images");
      }
    }
    ProcessExit.lookUp();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Path.of(entry).getFileName().toString().startsWith(OWN)) {
        linkAll(Path.of(entry));
      }
    }
  }

  /** An engine's process writes its cache when it ends. */
  private static void recordEngine(EngineConfig config, String image, Path cache)
      throws InterruptedException {
    System.setProperty(EngineConnector.RECORD_PROPERTY, cache.toString());
    EngineConnector connector = new EngineConnector(config, notice -> {});
    use(connector::connect, image);
    EngineControl control = new EngineControl(config);
    Optional<ProcessHandle> engine = control.process();
    if (engine.isPresent()) {
      engine.get().destroy();
      try {
        engine.get().onExit().get(RECORDING_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        control.stop(); // Then there is no such cache.
      }
    }
  }

  /** What most engines are asked for. Without a kernel, it gets as far as that is needed. */
  private static void use(EngineFactory engines, String image) {
    String[] kernel =
        kernel().map(path -> new String[] {"--kernel", path.toString()}).orElse(new String[0]);
    run(engines, "pull", image);
    run(engines, "images", "--format", "json");
    run(engines, command(kernel, "run", "--rm", image, "true"));
    run(engines, command(kernel, "run", "-d", "--name", OWN, image, "sleep", "1000"));
    run(engines, "exec", OWN, "true");
    run(engines, "ps", "-a");
    run(engines, "inspect", OWN);
    run(engines, "logs", OWN);
    run(engines, "rm", "-f", OWN);
    run(engines, "rmi", image);
  }

  /** A command with options after its first word. */
  private static String[] command(String[] options, String name, String... rest) {
    return Stream.of(Stream.of(name), Stream.of(options), Stream.of(rest))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static Optional<Path> kernel() {
    try (LocalEngine engine = LocalEngine.open(EngineConfig.fromEnvironment())) {
      return engine.kernels().defaultKernel().map(InstalledKernel::image);
    }
  }

  /**
   * A program without libraries, if the host has one; else a container cannot be more than tried.
   */
  private static byte[] program() throws IOException {
    Path busybox = Path.of("/bin/busybox");
    return Files.isReadable(busybox) ? Files.readAllBytes(busybox) : new byte[0];
  }

  private static void run(EngineFactory engines, String... command) {
    Stdio nowhere =
        new Stdio(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            false,
            false,
            false);
    new Cli(
            new CliContext(
                nowhere, Map.of(), engines, HostSignals.ofProcess(), Clock.systemDefaultZone()))
        .run(command);
  }

  /** Only classes that are linked, not merely loaded, go into the cache. */
  private static void linkAll(Path jar) throws IOException {
    if (Files.isDirectory(jar)) {
      return;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(CLASS))
          .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
          .forEach(WarmUp::link);
    }
  }

  private static void link(String name) {
    try {
      // Asking for its methods links a class without running its initialiser.
      Class.forName(name, false, WarmUp.class.getClassLoader()).getDeclaredMethods();
    } catch (ClassNotFoundException | LinkageError e) {
      // Then it is not in the cache.
    }
  }
}
