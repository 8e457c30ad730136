package dev.containertui.oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The media types of images: OCI image-spec 1.1 (media-types.md) and their Docker ancestors ("image
 * manifest version 2, schema 2"), which are the same documents under other names.
 */
public final class MediaTypes {
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
  public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";

  public static final String DOCKER_MANIFEST_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  public static final String DOCKER_LAYER_GZIP =
      "application/vnd.docker.image.rootfs.diff.tar.gzip";

  private static final Set<String> PLAIN_LAYERS =
      Set.of(
          OCI_LAYER,
          "application/vnd.oci.image.layer.nondistributable.v1.tar",
          "application/vnd.docker.image.rootfs.diff.tar");
  private static final Set<String> GZIP_LAYERS =
      Set.of(
          OCI_LAYER_GZIP,
          "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
          DOCKER_LAYER_GZIP,
          "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
  private static final Set<String> ZSTD_LAYERS =
      Set.of(
          OCI_LAYER_ZSTD,
          "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
          "application/vnd.docker.image.rootfs.diff.tar.zstd");

  /** What a registry is asked for, most wanted first. */
  public static final List<String> MANIFEST_ACCEPT =
      List.of(OCI_INDEX, OCI_MANIFEST, DOCKER_MANIFEST_LIST, DOCKER_MANIFEST);

  /** How a layer's tar archive is compressed. */
  public enum Compression {
    NONE,
    GZIP,
    ZSTD
  }

  private MediaTypes() {}

  public static boolean isIndex(String mediaType) {
    return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_MANIFEST_LIST);
  }

  public static boolean isManifest(String mediaType) {
    return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
  }

  public static boolean isImageConfig(String mediaType) {
    return mediaType.equals(OCI_CONFIG) || mediaType.equals(DOCKER_CONFIG);
  }

  public static boolean isLayer(String mediaType) {
    return PLAIN_LAYERS.contains(mediaType)
        || GZIP_LAYERS.contains(mediaType)
        || ZSTD_LAYERS.contains(mediaType);
  }

  /** The compression that a layer's media type names. */
  public static Compression compression(String layerMediaType) {
    if (PLAIN_LAYERS.contains(layerMediaType)) {
      return Compression.NONE;
    }
    if (GZIP_LAYERS.contains(layerMediaType)) {
      return Compression.GZIP;
    }
    if (ZSTD_LAYERS.contains(layerMediaType)) {
      return Compression.ZSTD;
    }
    throw new IllegalArgumentException("not a layer: " + layerMediaType);
  }

  /** Whether this is Docker's first manifest format, signed or not. */
  static boolean isSchema1(String mediaType) {
    return mediaType.startsWith("application/vnd.docker.distribution.manifest.v1+");
  }

  /** The media type of a Content-Type header: without parameters, in lower case. */
  public static String withoutParameters(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
