package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first root file system of a guest: {@code /init}, a console to complain on, and the kernel's
 * modules.
 *
 * <pre>
 *   /init               0755
 *   /dev/console        character device 5:1, else a kernel without devtmpfs leaves init mute
 *   /dev /proc /sys     empty
 *   /modules/order      one file name a line, in the order in which they must be loaded
 *   /modules/*.ko       without signatures and what else a guest can do without
 * </pre>
 *
 * <p>Not compressed: it is a megabyte, and unpacking costs a guest more than reading.
 */
public final class Initramfs {
  /** To be changed with whatever changes the archive's content. */
  private static final byte LAYOUT = 3;

  private static final HexFormat HEX = HexFormat.of();

  private Initramfs() {}

  /**
   * The archive for a kernel and an init, made at the first call.
   *
   * @param cacheDirectory is made if absent; archives in it are named after their ingredients
   * @param init a static executable for the guest
   * @throws EngineException UNAVAILABLE if the cache cannot be written, CORRUPT if the kernel is
   *     damaged
   */
  public static Path cached(Path cacheDirectory, InstalledKernel kernel, byte[] init) {
    Path directory = kernel.image().getParent();
    KernelManifest manifest = KernelManifest.read(directory);
    Path file =
        cacheDirectory
            .toAbsolutePath()
            .resolve("initramfs-" + key(init, manifest.digest()) + ".cpio");
    try {
      if (!Files.exists(file)) {
        DurableFiles.createPrivate(file.getParent());
        DurableFiles.replace(file, build(kernel.modules(), manifest, init));
      }
      return file;
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the initramfs cannot be made: " + e.getMessage(), e);
    }
  }

  private static byte[] build(Path modules, KernelManifest manifest, byte[] init)
      throws IOException {
    var archive = new CpioWriter();
    archive.directory("dev", 0755);
    archive.characterDevice("dev/console", 0600, 5, 1);
    archive.directory("proc", 0755);
    archive.directory("sys", 0755);
    archive.directory("modules", 0755);
    for (String module : manifest.modules()) {
      byte[] content = Files.readAllBytes(modules.resolve(module));
      archive.file(
          "modules/" + module, 0644, LeanModule.of(KernelModules.withoutSignature(content)));
    }
    String order = String.join("", manifest.modules().stream().map(name -> name + "\n").toList());
    archive.file("modules/order", 0644, order.getBytes(StandardCharsets.US_ASCII));
    archive.file("init", 0755, init);
    return archive.finish();
  }

  private static String key(byte[] init, String kernelDigest) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(LAYOUT);
      sha256.update(kernelDigest.getBytes(StandardCharsets.US_ASCII));
      return HEX.formatHex(sha256.digest(init)).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
