package dev.containertui.registry.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import dev.containertui.registry.server.LayerBuilder.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes an image of layers and puts it into a {@link LoopbackRegistry}. */
public final class ImageBuilder {
  private final List<Layer> layers = new ArrayList<>();
  private final ObjectNode execution = JsonObject.create();
  private Platform platform = Platform.host();
  private Optional<Instant> created = Optional.empty();

  /** Adds a layer on top. */
  public ImageBuilder layer(Layer layer) {
    layers.add(layer);
    return this;
  }

  public ImageBuilder platform(Platform platform) {
    this.platform = platform;
    return this;
  }

  public ImageBuilder created(Instant created) {
    this.created = Optional.of(created);
    return this;
  }

  /** {@code NAME=value} each. */
  public ImageBuilder environment(String... variables) {
    return strings("Env", variables);
  }

  public ImageBuilder entrypoint(String... words) {
    return strings("Entrypoint", words);
  }

  public ImageBuilder command(String... words) {
    return strings("Cmd", words);
  }

  public ImageBuilder workingDirectory(String path) {
    execution.put("WorkingDir", path);
    return this;
  }

  public ImageBuilder user(String user) {
    execution.put("User", user);
    return this;
  }

  private ImageBuilder strings(String field, String... values) {
    ArrayNode array = execution.putArray(field);
    Arrays.stream(values).forEach(array::add);
    return this;
  }

  /** The image's configuration as JSON. */
  public byte[] config() {
    ObjectNode json = JsonObject.create();
    created.ifPresent(instant -> json.put("created", instant.toString()));
    json.put("architecture", platform.architecture());
    json.put("os", platform.os());
    platform.variant().ifPresent(variant -> json.put("variant", variant));
    json.set("config", execution);
    ObjectNode rootfs = json.putObject("rootfs").put("type", "layers");
    ArrayNode diffIds = rootfs.putArray("diff_ids");
    layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
    return JsonObject.write(json);
  }

  /** The image's manifest. */
  public Manifest manifest() {
    byte[] config = config();
    return Manifest.of(
        Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length),
        layers.stream().map(Layer::descriptor).toList());
  }

  /**
   * Puts the image into a registry.
   *
   * @param tag empty: reachable by digest only
   * @return the descriptor of its manifest, with its platform
   */
  public Descriptor push(LoopbackRegistry registry, String repository, String tag) {
    layers.forEach(layer -> registry.putBlob(layer.blob()));
    registry.putBlob(config());
    byte[] manifest = JsonObject.write(manifest().toJson());
    Digest digest = registry.putManifest(repository, tag, MediaTypes.OCI_MANIFEST, manifest);
    return Descriptor.of(MediaTypes.OCI_MANIFEST, digest, manifest.length).withPlatform(platform);
  }

  /** Puts an index over images of several platforms into a registry; the images must be there. */
  public static Descriptor pushIndex(
      LoopbackRegistry registry, String repository, String tag, List<Descriptor> manifests) {
    byte[] index = JsonObject.write(Index.of(manifests).toJson());
    Digest digest = registry.putManifest(repository, tag, MediaTypes.OCI_INDEX, index);
    return Descriptor.of(MediaTypes.OCI_INDEX, digest, index.length);
  }
}
