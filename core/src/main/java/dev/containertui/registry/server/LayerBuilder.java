package dev.containertui.registry.server;

import com.github.luben.zstd.ZstdOutputStream;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.MediaTypes.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Makes one layer in memory. Entries get owner 0:0 and the time 0 and keep their order, so that the
 * same calls give the same bytes.
 */
public final class LayerBuilder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  /** A finished layer: as it is transferred, and the digest of the archive in it. */
  public record Layer(Descriptor descriptor, Digest diffId, byte[] blob) {}

  public LayerBuilder() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  public LayerBuilder directory(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name + "/", TarConstants.LF_DIR);
    entry.setMode(mode);
    return add(entry, new byte[0]);
  }

  public LayerBuilder file(String name, int mode, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(content.length);
    return add(entry, content);
  }

  public LayerBuilder symbolicLink(String name, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    entry.setMode(0777);
    return add(entry, new byte[0]);
  }

  /**
   * @param target name of an earlier entry
   */
  public LayerBuilder hardLink(String name, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK);
    entry.setLinkName(target);
    return add(entry, new byte[0]);
  }

  /** Takes away what lower layers have at {@code directory/name} (image-spec, "whiteouts"). */
  public LayerBuilder whiteout(String directory, String name) {
    return file(directory + "/.wh." + name, 0, new byte[0]);
  }

  private LayerBuilder add(TarArchiveEntry entry, byte[] content) {
    entry.setModTime(0L);
    entry.setUserId(0);
    entry.setGroupId(0);
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The layer. Nothing can be added afterwards. */
  public Layer build(Compression compression) {
    try {
      tar.close();
      return of(bytes.toByteArray(), compression);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A layer of an archive that exists. */
  public static Layer of(byte[] archive, Compression compression) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> packed;
          case GZIP -> new GZIPOutputStream(packed);
          case ZSTD -> new ZstdOutputStream(packed);
        }) {
      out.write(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String mediaType =
        switch (compression) {
          case NONE -> MediaTypes.OCI_LAYER;
          case GZIP -> MediaTypes.OCI_LAYER_GZIP;
          case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
        };
    byte[] blob = packed.toByteArray();
    return new Layer(
        Descriptor.of(mediaType, Digest.sha256(blob), blob.length), Digest.sha256(archive), blob);
  }
}
