package dev.containertui.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Templates that only their machine can find fault with. */
public final class Tampering {
  private Tampering() {}

  /** Puts another file into a template, and into its manifest. */
  public static void replace(Path template, String name, byte[] content) throws IOException {
    Files.write(template.resolve(name), content);
    TemplateManifest old = TemplateManifest.read(template).orElseThrow();
    write(
        template,
        old,
        old.hostBoot(),
        TemplateManifest.describe(template, List.copyOf(old.files().keySet())));
  }

  /** As if the host had booted since: all will be read through before it is used. */
  public static void distrust(Path template) throws IOException {
    TemplateManifest old = TemplateManifest.read(template).orElseThrow();
    write(template, old, "another boot", old.files());
  }

  private static void write(
      Path template,
      TemplateManifest old,
      String hostBoot,
      Map<String, TemplateManifest.KeptFile> files)
      throws IOException {
    new TemplateManifest(
            old.version(),
            old.identity(),
            old.kernelRelease(),
            old.accelerator(),
            old.vcpus(),
            old.memoryBytes(),
            old.createdAt(),
            hostBoot,
            files)
        .write(template);
  }
}
