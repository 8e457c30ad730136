package dev.containertui.kernel;

import com.github.luben.zstd.ZstdInputStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The kernel inside of Debian packages (deb(5)): an ar archive with {@code data.tar}, packed or
 * not, that holds {@code boot/vmlinuz-RELEASE} and {@code lib/modules/RELEASE/}.
 *
 * <p>Only file contents that are asked for are read, into memory; names from the archive are
 * compared, never used as paths.
 *
 * @param release as in the file names
 * @param bzImage the packed kernel
 * @param modules content by normalised name, unpacked
 * @param builtin names of modules that are part of the kernel image
 */
record KernelPackage(
    String release, byte[] bzImage, Map<String, byte[]> modules, Set<String> builtin) {
  private static final Pattern IMAGE =
      Pattern.compile("(?:\\./)?boot/vmlinuz-([A-Za-z0-9.+~_-]{1,100})");
  private static final Pattern BUILTIN =
      Pattern.compile("(?:\\./)?(?:usr/)?lib/modules/[^/]+/modules\\.builtin");
  private static final Pattern MODULE =
      Pattern.compile(
          "(?:\\./)?(?:usr/)?lib/modules/[^/]+/kernel/.*/([A-Za-z0-9_-]{1,60}\\.ko)(\\.xz|\\.zst|\\.gz)?");

  private static final int MAX_IMAGE_BYTES = 128 << 20;
  private static final int MAX_MODULE_BYTES = 16 << 20;
  private static final long MAX_ENTRIES = 100_000;

  /** Needed modules are found while reading, so a package may have to be read again. */
  private static final int MAX_PASSES = 8;

  /**
   * Reads the kernel and what {@link KernelModules} asks for.
   *
   * @param packages files that together hold image and modules
   * @throws EngineException CORRUPT if they are damaged or hold no kernel, CANCELLED on interrupt
   */
  static KernelPackage read(List<Path> packages) {
    var reader = new Reader();
    Set<String> missing = new LinkedHashSet<>(KernelModules.WANTED);
    for (int pass = 0; pass < MAX_PASSES && !missing.isEmpty(); pass++) {
      for (Path file : packages) {
        reader.read(file, missing);
      }
      Set<String> before = missing;
      missing = KernelModules.missing(reader.modules, reader.builtin);
      if (missing.equals(before)) {
        break;
      }
    }
    if (reader.bzImage == null) {
      throw new EngineException(
          Kind.CORRUPT, "no boot/vmlinuz-* in " + packages.getFirst().getFileName());
    }
    return new KernelPackage(reader.release, reader.bzImage, reader.modules, reader.builtin);
  }

  private static final class Reader {
    private String release = "";
    private byte[] bzImage;
    private final Map<String, byte[]> modules = new HashMap<>();
    private final Set<String> builtin = new LinkedHashSet<>();

    void read(Path file, Set<String> wanted) {
      try (var ar = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        ArArchiveEntry entry;
        while ((entry = ar.getNextEntry()) != null) {
          if (entry.getName().startsWith("data.tar")) {
            readTar(unpack(entry.getName(), ar), wanted);
            return;
          }
        }
        throw new EngineException(Kind.CORRUPT, file.getFileName() + " has no data.tar");
      } catch (InterruptedIOException e) {
        throw cancelled();
      } catch (IOException | IllegalArgumentException e) {
        throw new EngineException(
            Kind.CORRUPT, file.getFileName() + " is damaged: " + e.getMessage(), e);
      }
    }

    private void readTar(InputStream in, Set<String> wanted) throws IOException {
      var tar = new TarArchiveInputStream(in);
      TarArchiveEntry entry;
      for (long entries = 0; (entry = tar.getNextEntry()) != null; entries++) {
        if (Thread.currentThread().isInterrupted()) {
          throw cancelled();
        }
        if (entries > MAX_ENTRIES) {
          throw new IOException("more than " + MAX_ENTRIES + " entries");
        }
        if (entry.isFile()) {
          take(entry.getName(), tar, wanted);
        }
      }
    }

    private void take(String name, InputStream content, Set<String> wanted) throws IOException {
      Matcher image = IMAGE.matcher(name);
      Matcher module = MODULE.matcher(name);
      if (image.matches()) {
        release = image.group(1);
        bzImage = bounded(content, MAX_IMAGE_BYTES, name);
      } else if (BUILTIN.matcher(name).matches()) {
        byte[] listing = bounded(content, MAX_MODULE_BYTES, name);
        builtin.addAll(KernelModules.builtin(new String(listing, StandardCharsets.UTF_8)));
      } else if (module.matches() && wanted.contains(KernelModules.name(module.group(1)))) {
        byte[] packed = bounded(content, MAX_MODULE_BYTES, name);
        try (InputStream unpacked = unpack(name, new ByteArrayInputStream(packed))) {
          modules.put(
              KernelModules.name(module.group(1)), bounded(unpacked, MAX_MODULE_BYTES, name));
        }
      }
    }
  }

  private static byte[] bounded(InputStream in, int maxBytes, String name) throws IOException {
    byte[] bytes = in.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new IOException(name + " is larger than " + maxBytes + " bytes");
    }
    return bytes;
  }

  static InputStream unpack(String name, InputStream in) throws IOException {
    if (name.endsWith(".xz")) {
      return new XZInputStream(in, 256 << 10);
    } else if (name.endsWith(".zst")) {
      return new ZstdInputStream(in);
    } else if (name.endsWith(".gz")) {
      return new GZIPInputStream(in);
    }
    return in;
  }

  private static EngineException cancelled() {
    return new EngineException(Kind.CANCELLED, "reading the kernel package was cancelled");
  }
}
