package dev.containertui.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.UnclosedOutput;
import dev.containertui.image.ImageCommit.LayerWriter;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.ImageConfig.Execution;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * An image that is made here: a layer on top of another image, or of nothing. Blobs come first,
 * documents that point at them after them, the name last; so whatever fails, the store has the
 * images that it had before.
 */
final class NewImage {
  /** Layers are written while somebody waits, and most are small. */
  private static final int GZIP_LEVEL = 3;

  private static final int BUFFER_BYTES = 1 << 17;

  private final StoreParts store;

  NewImage(StoreParts store) {
    this.store = store;
  }

  /** A layer in the store, and the digest of the archive in it. */
  private record Layer(Descriptor descriptor, Digest diffId) {}

  /** See {@link ImageStore#commit}. */
  Entry commit(StoredImage base, ImageCommit commit, LayerWriter writer) {
    ConfigChanges changes = ConfigChanges.parse(commit.changes());
    Manifest below = base.manifest();
    ObjectNode config =
        JsonObject.parse(store.blobs().read(below.config().digest()), "the image's configuration")
            .copy();
    ObjectNode execution = object(config, "config");
    commit.execution().ifPresent(own -> set(execution, own));
    changes.applyTo(execution); // Before the long work: it may be wrong.
    boolean docker = below.mediaType().equals(MediaTypes.DOCKER_MANIFEST);
    try (var _ = store.lock().use()) {
      Layer layer =
          layer(docker ? MediaTypes.DOCKER_LAYER_GZIP : MediaTypes.OCI_LAYER_GZIP, writer);
      fillHistory(config, below.layers().size());
      addStep(config, commit, layer.diffId());
      List<Descriptor> layers = new ArrayList<>(below.layers());
      layers.add(layer.descriptor());
      return store(below.mediaType(), config, below.config().mediaType(), layers, commit.name());
    }
  }

  /** See {@link ImageStore#importRoot}. */
  Entry importRoot(ImageCommit commit, Platform platform, LayerWriter writer) {
    ConfigChanges changes = ConfigChanges.parse(commit.changes());
    ObjectNode config = JsonObject.create();
    config.put("architecture", platform.architecture());
    config.put("os", platform.os());
    platform.variant().ifPresent(variant -> config.put("variant", variant));
    changes.applyTo(object(config, "config"));
    config.putObject("rootfs").put("type", "layers");
    try (var _ = store.lock().use()) {
      Layer layer = layer(MediaTypes.OCI_LAYER_GZIP, writer);
      addStep(config, commit, layer.diffId());
      return store(
          MediaTypes.OCI_MANIFEST,
          config,
          MediaTypes.OCI_CONFIG,
          List.of(layer.descriptor()),
          commit.name());
    }
  }

  private Layer layer(String mediaType, LayerWriter writer) {
    MessageDigest hash = Digest.Algorithm.SHA256.newMessageDigest();
    try (NewBlob blob = new NewBlob(store.blobs())) {
      // No writer may end what it writes to before its digest is known.
      try (OutputStream tar =
          new DigestOutputStream(
              new BufferedOutputStream(new Gzip(new UnclosedOutput(blob)), BUFFER_BYTES), hash)) {
        writer.write(new UnclosedOutput(tar));
      } catch (IOException e) {
        throw new EngineException(
            Kind.UNAVAILABLE, "the new layer cannot be written: " + e.getMessage(), e);
      }
      blob.keep();
      return new Layer(blob.descriptor(mediaType), Digest.Algorithm.SHA256.finish(hash));
    }
  }

  /** A history that does not speak of the layers below would be taken for that of those. */
  private static void fillHistory(ObjectNode config, int layers) {
    ArrayNode history = array(config, "history");
    int missing = history.isEmpty() ? layers : 0;
    for (int i = 0; i < missing; i++) {
      history.addObject().put("comment", "unknown");
    }
  }

  private static void addStep(ObjectNode config, ImageCommit commit, Digest diffId) {
    Instant now = Instant.now();
    config.put("created", now.toString());
    commit.author().ifPresent(author -> config.put("author", author));
    array(object(config, "rootfs"), "diff_ids").add(diffId.toString());
    ObjectNode step = array(config, "history").addObject();
    step.put("created", now.toString());
    commit.author().ifPresent(author -> step.put("author", author));
    commit.createdBy().ifPresent(command -> step.put("created_by", command));
    commit.comment().ifPresent(comment -> step.put("comment", comment));
  }

  /** Puts configuration and manifest into the store, and then the image into its index. */
  private Entry store(
      String manifestType,
      ObjectNode config,
      String configType,
      List<Descriptor> layers,
      Optional<Reference> name) {
    byte[] configBytes = JsonObject.write(config);
    ImageConfig parsed = ImageConfig.parse(configBytes, "the new configuration");
    Descriptor configDescriptor =
        Descriptor.of(configType, Digest.sha256(configBytes), configBytes.length);
    Manifest manifest =
        new Manifest(manifestType, Optional.empty(), configDescriptor, layers, Map.of());
    byte[] manifestBytes = JsonObject.write(manifest.toJson());
    Digest digest = Digest.sha256(manifestBytes);
    store.blobs().put(configDescriptor.digest(), configBytes);
    store.blobs().put(digest, manifestBytes);
    Entry entry =
        new Entry(
            name.map(ImageNames::nameOf),
            Descriptor.of(manifestType, digest, manifestBytes.length)
                .withPlatform(parsed.platform()),
            Optional.empty());
    store.change(
        entries ->
            entry.name().isPresent()
                ? StoreIndex.named(entries, List.of(entry), entry.name().get())
                : StoreIndex.withUnnamed(entries, entry));
    return entry;
  }

  /** Writes what a container says of itself over what its image said. */
  private static void set(ObjectNode config, Execution own) {
    ConfigEditor editor = new ConfigEditor(config);
    orRemove(config, "Env", own.environment(), editor);
    orRemove(config, "Entrypoint", own.entrypoint(), editor);
    orRemove(config, "Cmd", own.command(), editor);
    orRemove(config, "WorkingDir", own.workingDirectory());
    orRemove(config, "User", own.user());
    orRemove(config, "StopSignal", own.stopSignal());
    emptyObjects(config, "ExposedPorts", own.exposedPorts());
    emptyObjects(config, "Volumes", own.volumes());
    config.remove("Labels");
    if (!own.labels().isEmpty()) {
      ObjectNode labels = config.putObject("Labels");
      own.labels().forEach(labels::put);
    }
    own.healthcheck().ifPresent(check -> config.set("Healthcheck", check.toJson()));
  }

  private static void orRemove(
      ObjectNode config, String field, List<String> values, ConfigEditor editor) {
    config.remove(field);
    if (!values.isEmpty()) {
      editor.strings(field, values);
    }
  }

  private static void orRemove(ObjectNode config, String field, Optional<String> value) {
    config.remove(field);
    value.ifPresent(text -> config.put(field, text));
  }

  private static void emptyObjects(ObjectNode config, String field, List<String> names) {
    config.remove(field);
    if (!names.isEmpty()) {
      ObjectNode objects = config.putObject(field);
      names.forEach(objects::putObject);
    }
  }

  private static ObjectNode object(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode present ? present : parent.putObject(field);
  }

  private static ArrayNode array(ObjectNode parent, String field) {
    return parent.get(field) instanceof ArrayNode present ? present : parent.putArray(field);
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(GZIP_LEVEL);
    }
  }
}
