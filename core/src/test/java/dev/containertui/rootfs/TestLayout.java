package dev.containertui.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Layers as an OCI image layout on disk, for umoci. */
public final class TestLayout {
  private TestLayout() {}

  /** Returns the root directory that umoci makes of the layers. */
  public static Path unpackWithUmoci(Path directory, List<LayerSource> layers) throws IOException {
    Path layout = directory.resolve("layout");
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    for (LayerSource layer : layers) {
      try (InputStream in = layer.opener().open()) {
        writeBlob(blobs, in.readAllBytes());
      }
    }
    String diffIds =
        layers.stream().map(l -> "\"" + l.diffId() + "\"").collect(Collectors.joining(","));
    String config =
        writeBlob(
            blobs,
            ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\","
                    + "\"diff_ids\":["
                    + diffIds
                    + "]}}")
                .getBytes(StandardCharsets.UTF_8),
            "application/vnd.oci.image.config.v1+json");
    String layerList =
        layers.stream()
            .map(l -> descriptor(l.mediaType(), l.digest(), l.sizeBytes()))
            .collect(Collectors.joining(","));
    String manifest =
        writeBlob(
            blobs,
            ("{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layerList + "]}")
                .getBytes(StandardCharsets.UTF_8),
            "application/vnd.oci.image.manifest.v1+json");
    String named =
        manifest.substring(0, manifest.length() - 1)
            + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"t\"}}";
    Files.writeString(
        layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
    Path bundle = directory.resolve("bundle");
    Tools.output("umoci", "unpack", "--image", layout + ":t", bundle.toString());
    return bundle.resolve("rootfs");
  }

  private static String writeBlob(Path blobs, byte[] bytes, String mediaType) throws IOException {
    writeBlob(blobs, bytes);
    return descriptor(mediaType, TestLayers.digest(bytes), bytes.length);
  }

  private static void writeBlob(Path blobs, byte[] bytes) throws IOException {
    Files.write(blobs.resolve(TestLayers.digest(bytes).substring("sha256:".length())), bytes);
  }

  private static String descriptor(String mediaType, String digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, size);
  }
}
