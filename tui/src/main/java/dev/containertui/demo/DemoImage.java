package dev.containertui.demo;

import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small but real image of the host's busybox: a base layer, and a layer that adds to it, changes
 * it and deletes from it.
 */
final class DemoImage {
  private DemoImage() {}

  static ImageBuilder of(Busybox busybox) {
    return new ImageBuilder()
        .layer(base(busybox).build(Compression.GZIP))
        .layer(changes().build(Compression.ZSTD))
        .environment("PATH=/bin", "PS1=demo:\\w# ")
        .workingDirectory("/root")
        .command("sh");
  }

  private static LayerBuilder base(Busybox busybox) {
    LayerBuilder layer = new LayerBuilder();
    for (String directory : List.of("bin", "dev", "etc", "proc", "sys", "var")) {
      layer.directory(directory, 0755);
    }
    layer.directory("root", 0700).directory("tmp", 01777);
    layer.file("bin/busybox", 0755, busybox.program());
    for (String applet : busybox.applets()) {
      layer.symbolicLink("bin/" + applet, "busybox");
    }
    return layer
        .file(
            "etc/passwd",
            0644,
            text("root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n"))
        .file("etc/group", 0644, text("root:x:0:\nnogroup:x:65534:\n"))
        .file("etc/motd", 0644, text("The second layer replaces this.\n"))
        .file("etc/draft", 0644, text("The second layer deletes this.\n"));
  }

  private static LayerBuilder changes() {
    return new LayerBuilder()
        .file(
            "etc/os-release",
            0644,
            text("ID=container-tui-demo\nPRETTY_NAME=\"container-tui demo (busybox)\"\n"))
        .file("etc/motd", 0644, text("A container of your own, with a kernel of its own.\n"))
        .whiteout("etc", "draft");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
