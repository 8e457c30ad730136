package dev.containertui.rootfs;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Layers made of bytes in memory. */
public final class TestLayers {
  static final String TAR = "application/vnd.oci.image.layer.v1.tar";

  private TestLayers() {}

  public static LayerSource plain(byte[] tar) {
    return layer(tar, TAR, digest(tar));
  }

  public static LayerSource gzip(byte[] tar) {
    return layer(gzipped(tar), TAR + "+gzip", digest(tar));
  }

  static LayerSource zstd(byte[] tar) {
    return layer(Zstd.compress(tar), TAR + "+zstd", digest(tar));
  }

  static LayerSource layer(byte[] blob, String mediaType, String diffId) {
    return new LayerSource(
        digest(blob), mediaType, diffId, blob.length, () -> new ByteArrayInputStream(blob));
  }

  static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  public static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
