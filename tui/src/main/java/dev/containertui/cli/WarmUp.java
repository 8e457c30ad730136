package dev.containertui.cli;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.engine.api.client.RemoteEngine;
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
import java.util.jar.JarFile;

/**
 * What the launcher's ahead-of-time cache (JEP 514) is recorded from: uses the parts that every
 * command and the engine use, starts a container if the user has a kernel, and loads all classes of
 * this program. It prints nothing, and leaves nothing but what is in its own directory.
 */
public final class WarmUp {
  private static final String OWN = "container-tui";
  private static final String CLASS = ".class";

  private WarmUp() {}

  /**
   * @param arguments an empty directory for its state
   */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]);
    Optional<Path> kernel = kernel();
    EngineConfig config = EngineConfig.below(home);
    Path socket = config.directories().ensureRuntime().resolve("engine.sock");
    try (LoopbackRegistry registry = LoopbackRegistry.start();
        LocalEngine engine = LocalEngine.openSupervising(config);
        var _ = ApiServer.start(engine, socket)) {
      EngineFactory remote = () -> RemoteEngine.of(socket, config, () -> {}, notice -> {});
      new ImageBuilder()
          .layer(
              new LayerBuilder()
                  .directory("bin", 0755)
                  .file("bin/true", 0755, program())
                  .build(Compression.GZIP))
          .push(registry, OWN, "latest");
      String image = registry.reference(OWN, "latest").toString();
      run(remote, "pull", image);
      run(remote, "images", "--format", "json");
      if (kernel.isPresent()) {
        run(remote, "run", "--rm", "--kernel", kernel.get().toString(), image, "true");
      } else {
        run(remote, "run", "--rm", image, "true"); // Gets as far as the kernel, which is not there.
      }
      run(remote, "ps", "-a");
      run(() -> LocalEngine.open(config), "images");
      run(remote, "rmi", image);
    }
    ProcessExit.lookUp();
    ConsoleWarmUp.run(config);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Path.of(entry).getFileName().toString().startsWith(OWN)) {
        linkAll(Path.of(entry), "");
      } else {
        ConsoleWarmUp.linkLineEditor(Path.of(entry));
      }
    }
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

  /**
   * Only classes that are linked, not merely loaded, go into the cache.
   *
   * @param below the beginning of their path in the jar
   */
  static void linkAll(Path jar, String below) throws IOException {
    if (Files.isDirectory(jar)) {
      return;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(below) && name.endsWith(CLASS))
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
