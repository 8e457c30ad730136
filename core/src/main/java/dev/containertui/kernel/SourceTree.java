package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks Linux' source: {@code linux-source-N.N.tar.xz}, or the Debian package around it.
 *
 * <p>Here, unlike with images, names from an archive do become paths. So only names of plain words
 * are taken, only files and directories are made, and no link: what is written stays below the
 * target. A build for x86 reads no link, nor most of what other machines need; that is left out
 * too, which spares two thirds of the files.
 */
final class SourceTree {
  private static final Pattern ARCHIVE =
      Pattern.compile("(?:\\./)?usr/src/linux-source-[0-9][0-9.]*\\.tar\\.xz");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._,+=@#~-]{1,255}");

  /**
   * Of these only what describes the build is needed: Kconfig and make go there all the same.
   * Whoever adds a driver to the configuration has to look here, too.
   */
  private static final Pattern UNNEEDED =
      Pattern.compile(
          "(Documentation|samples|sound|include/dt-bindings|tools/(perf|power|testing)"
              + "|arch/(?!x86/)[^/]+"
              + "|drivers/(ata|bluetooth|clk|comedi|crypto|dma|gpio|gpu|hid|hwmon|i2c|iio"
              + "|infiniband|input|irqchip|isdn|leds|md|media|mfd|misc|mmc|mtd|nvme|phy|pinctrl"
              + "|platform|power|regulator|s390|soc|soundwire|spi|staging|target|thermal|usb"
              + "|video|watchdog|scsi/[^/]+|net/(can|dsa|ethernet|phy|usb|wireless|wwan)))/.*");

  private static final Pattern DESCRIBES_BUILD =
      Pattern.compile("(.*/)?(Kconfig[^/]*|Makefile[^/]*|Kbuild[^/]*)");

  private static final int MAX_ENTRIES = 300_000;
  private static final long MAX_BYTES = 8L << 30;

  private final Path target;
  private final Set<Path> directories = new HashSet<>();
  private long bytes;

  private SourceTree(Path target) {
    this.target = target;
  }

  /**
   * Unpacks.
   *
   * @param file a source archive, or a package if its name ends in {@code .deb}
   * @param target an existing empty directory, which gets what is in the archive's one directory
   * @param progress is told how many bytes of the file have been read
   * @throws EngineException CORRUPT if the archive is damaged or has names that it should not have,
   *     CANCELLED on interrupt
   * @throws IOException if the target cannot be written to
   */
  static void unpack(Path file, Path target, LongConsumer progress) throws IOException {
    var tree = new SourceTree(target);
    try (InputStream in =
        new BufferedInputStream(new Counting(Files.newInputStream(file), progress), 1 << 16)) {
      if (file.toString().endsWith(".deb")) {
        tree.unpackPackage(in);
      } else {
        tree.unpackArchive(in);
      }
    } catch (ClosedByInterruptException e) {
      throw cancelled();
    } catch (XZIOException | EOFException | IllegalArgumentException e) {
      throw new EngineException(
          Kind.CORRUPT, "the kernel source " + file.getFileName() + " is damaged: " + e, e);
    }
    if (!Files.isRegularFile(target.resolve("Makefile"))) {
      throw corrupt("it has no Makefile");
    }
  }

  private void unpackPackage(InputStream in) throws IOException {
    var ar = new ArArchiveInputStream(in);
    for (ArArchiveEntry part; (part = ar.getNextEntry()) != null; ) {
      if (part.getName().startsWith("data.tar")) {
        var data = new TarArchiveInputStream(KernelPackage.unpack(part.getName(), ar));
        for (TarArchiveEntry entry; (entry = data.getNextEntry()) != null; ) {
          if (isPlainFile(entry) && ARCHIVE.matcher(entry.getName()).matches()) {
            unpackArchive(data);
            return;
          }
        }
      }
    }
    throw corrupt("the package holds no linux-source-*.tar.xz");
  }

  private void unpackArchive(InputStream in) throws IOException {
    var tar = new TarArchiveInputStream(new XZInputStream(in, 256 << 10));
    int entries = 0;
    for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; entries++) {
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled();
      } else if (entries > MAX_ENTRIES) {
        throw corrupt("it has more than " + MAX_ENTRIES + " entries");
      }
      String name = entry.getName().replaceFirst("^(\\./)?[^/]+/", "");
      if (isPlainFile(entry) && isNeeded(name)) {
        write(place(entry.getName(), name), entry, tar);
      }
    }
  }

  /** For links and devices, too, isFile() is true. */
  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.isFile()
        && (entry.getLinkFlag() == TarConstants.LF_NORMAL
            || entry.getLinkFlag() == TarConstants.LF_OLDNORM);
  }

  private static boolean isNeeded(String name) {
    return !UNNEEDED.matcher(name).matches() || DESCRIBES_BUILD.matcher(name).matches();
  }

  /** The path for a name below the archive's first directory. */
  private Path place(String fullName, String name) {
    Path path = target;
    for (String word : name.split("/", -1)) {
      if (!WORD.matcher(word).matches() || word.equals(".") || word.equals("..")) {
        throw corrupt("it has an entry named " + fullName);
      }
      path = path.resolve(word);
    }
    return path;
  }

  private void write(Path path, TarArchiveEntry entry, InputStream content) throws IOException {
    bytes += entry.getSize();
    if (bytes > MAX_BYTES) {
      throw corrupt("it has more than " + MAX_BYTES + " bytes");
    }
    if (directories.add(path.getParent())) {
      Files.createDirectories(path.getParent());
    }
    Files.copy(content, path);
    Files.setLastModifiedTime(path, entry.getLastModifiedTime());
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static EngineException corrupt(String what) {
    return new EngineException(Kind.CORRUPT, "not a usable kernel source: " + what);
  }

  private static EngineException cancelled() {
    return new EngineException(Kind.CANCELLED, "unpacking the kernel source was cancelled");
  }

  /** Tells how far reading has come. */
  private static final class Counting extends FilterInputStream {
    private final LongConsumer progress;
    private long read;

    Counting(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      progress.accept(value < 0 ? read : ++read);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      read += Math.max(0, count);
      progress.accept(read);
      return count;
    }
  }
}
