package dev.containertui.engine;

import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.TestKernel;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A real engine in a directory of its own, with the test kernel and a small image. */
final class TestEngine {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private TestEngine() {}

  /**
   * A state directory with the kernel in it. Machines are clones or boot as {@code
   * CONTAINER_TUI_COLD_BOOT} says.
   */
  static EngineConfig prepare(Path home) throws IOException {
    return prepare(config(home));
  }

  /** The same for tests of templates themselves. */
  static EngineConfig prepareWithTemplates(Path home) throws IOException {
    Path settings = Files.createDirectories(StateDirectories.below(home).config());
    Files.writeString(settings.resolve("config.json"), "{\"imageTemplates\": false}");
    return prepare(EngineConfig.below(home));
  }

  /** What {@link #prepare} has made. */
  static EngineConfig config(Path home) {
    return EngineConfig.of(StateDirectories.below(home), System.getenv());
  }

  private static EngineConfig prepare(EngineConfig config) throws IOException {
    Path kernels = TestKernel.get().image().getParent().getParent();
    Files.createDirectories(config.directories().data());
    Files.createSymbolicLink(config.directories().kernels(), kernels);
    return config;
  }

  /** Pulls an image with busybox and all its applets from a registry. */
  static ImageSummary pullBusybox(Engine engine) throws IOException, InterruptedException {
    return pullBusybox(engine, Map.of());
  }

  /**
   * @param programs names and contents of more programs, for {@code /bin}
   */
  static ImageSummary pullBusybox(Engine engine, Map<String, byte[]> programs)
      throws IOException, InterruptedException {
    try (LoopbackRegistry registry = LoopbackRegistry.start()) {
      pushBusybox(registry, programs);
      return engine.images().pull(registry.address() + "/busybox", Optional.empty(), event -> {});
    }
  }

  /** Makes that image in a registry, as {@code busybox:latest}. */
  static void pushBusybox(LoopbackRegistry registry) throws IOException, InterruptedException {
    pushBusybox(registry, Map.of());
  }

  private static void pushBusybox(LoopbackRegistry registry, Map<String, byte[]> programs)
      throws IOException, InterruptedException {
    LayerBuilder layer = new LayerBuilder();
    for (String directory : new String[] {"bin", "etc", "tmp", "root", "proc", "sys", "dev"}) {
      layer.directory(directory, 0755);
    }
    layer.file("bin/busybox", 0755, Files.readAllBytes(BUSYBOX));
    Process applets = new ProcessBuilder(BUSYBOX.toString(), "--list").start();
    for (String applet : new String(applets.getInputStream().readAllBytes()).split("\n")) {
      if (!applet.equals("busybox")) {
        layer.symbolicLink("bin/" + applet, "busybox");
      }
    }
    applets.waitFor();
    programs.forEach((name, content) -> layer.file("bin/" + name, 0755, content));
    layer.file("etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\n".getBytes());
    layer.file("etc/group", 0644, "root:x:0:\n".getBytes());
    new ImageBuilder()
        .layer(layer.build(Compression.GZIP))
        .command("sh")
        .environment("IMAGE=yes")
        .push(registry, "busybox", "latest");
  }
}
