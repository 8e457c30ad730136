package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An archive whose one top-level entry gets another name on the way. */
final class RenamedArchive {
  private RenamedArchive() {}

  static void copy(InputStream archive, OutputStream out, ArchiveNames names) {
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name())) {
      TarArchiveOutputStream renamed =
          new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
      renamed.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      renamed.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      renamed.setAddPaxHeadersForNonAsciiNames(true);
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = String.join("/", names.parts(entry.getName()));
        if (name.isEmpty()) {
          continue;
        }
        entry.setName(entry.isDirectory() ? name + "/" : name);
        if (entry.isLink()) {
          entry.setLinkName(String.join("/", names.parts(entry.getLinkName())));
        }
        renamed.putArchiveEntry(entry);
        in.transferTo(renamed);
        renamed.closeArchiveEntry();
      }
      renamed.finish();
      renamed.flush();
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot pass the archive on: " + e.getMessage(), e);
    }
  }
}
