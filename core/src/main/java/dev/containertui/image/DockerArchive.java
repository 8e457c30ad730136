package dev.containertui.image;

import dev.containertui.image.ImageArchiveReader.Found;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An archive in the format of {@code docker save} before version 25 ("Docker Image Specification
 * v1.2", manifest.json). It has no manifests, so one is made here; the configuration stays as it
 * is, and with it the image's id. Layers stay as they are too: most are not compressed.
 */
final class DockerArchive implements ImageArchiveReader.Format {
  private static final int MAX_DOCUMENT_BYTES = 16 << 20;
  private static final int MAX_IMAGES = 1000;
  private static final int MAX_LAYERS = 10_000;

  private final StoreParts store;
  private final ImageCatalog catalog;

  DockerArchive(StoreParts store, ImageCatalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  @Override
  public List<Found> find(ArchiveContents contents) throws IOException {
    Optional<NewBlob> file = contents.find("manifest.json");
    if (file.isEmpty()) {
      return List.of();
    }
    List<JsonObject> images =
        JsonObject.parseArray(
            contents.read(file.get(), "manifest.json", MAX_DOCUMENT_BYTES),
            "manifest.json of " + ArchiveContents.WHAT);
    if (images.size() > MAX_IMAGES) {
      throw ArchiveContents.corrupt("has too many images in it");
    }
    List<Found> found = new ArrayList<>();
    for (JsonObject image : images) {
      Entry entry = image(contents, image);
      List<Reference> names = image.strings("RepoTags").stream().map(Reference::parse).toList();
      names.forEach(name -> ImageNames.requireTag(name));
      names.forEach(name -> found.add(new Found(Optional.of(name), entry)));
      if (names.isEmpty()) {
        found.add(new Found(Optional.empty(), entry));
      }
    }
    return found;
  }

  private Entry image(ArchiveContents contents, JsonObject image) throws IOException {
    String what = "an image in " + ArchiveContents.WHAT;
    NewBlob configFile = file(contents, image.string("Config"));
    byte[] configBytes = contents.read(configFile, "configuration", ImageConfig.MAX_BYTES);
    ImageConfig config = ImageConfig.parse(configBytes, "the configuration of " + what);
    List<String> layerNames = image.strings("Layers");
    ImageChecks.requireLayers(layerNames.size(), config, what);
    if (layerNames.size() > MAX_LAYERS) {
      throw ArchiveContents.corrupt("has an image with too many layers");
    }
    Digest id = Digest.sha256(configBytes);
    Optional<Entry> present = sameImage(id);
    if (present.isPresent()) {
      return present.get();
    }
    List<Descriptor> layers = new ArrayList<>();
    List<NewBlob> needed = new ArrayList<>();
    for (String name : layerNames) {
      NewBlob layer = file(contents, name);
      String type = mediaType(layer);
      Digest diffId = config.diffIds().get(layers.size());
      if (type.equals(MediaTypes.OCI_LAYER) && !layer.finish().equals(diffId)) {
        throw ArchiveContents.corrupt("has a layer that is not what its image says: " + diffId);
      }
      layers.add(layer.descriptor(type));
      needed.add(layer);
    }
    Manifest manifest =
        Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, id, configBytes.length), layers);
    byte[] bytes = JsonObject.write(manifest.toJson());
    Digest digest = Digest.sha256(bytes);
    needed.forEach(NewBlob::keep);
    store.blobs().put(id, configBytes);
    store.blobs().put(digest, bytes);
    return new Entry(
        Optional.empty(),
        Descriptor.of(MediaTypes.OCI_MANIFEST, digest, bytes.length)
            .withPlatform(config.platform()),
        Optional.empty());
  }

  /** An image that is in the store already, perhaps with its manifest from a registry. */
  private Optional<Entry> sameImage(Digest id) {
    List<Entry> entries = store.index().read();
    return catalog.summaries(entries).values().stream()
        .filter(summary -> summary.id().equals(id.toString()))
        .findFirst()
        .flatMap(
            summary ->
                entries.stream()
                    .filter(e -> e.manifest().digest().toString().equals(summary.digest()))
                    .findFirst())
        .filter(
            entry ->
                catalog.image(entry.manifest()).layers().stream()
                    .allMatch(layer -> store.blobs().has(layer.descriptor())));
  }

  private static NewBlob file(ArchiveContents contents, String name) {
    return contents
        .find(name)
        .orElseThrow(
            () -> ArchiveContents.corrupt("lacks " + dev.containertui.oci.Printable.of(name)));
  }

  /** By its first bytes: the format does not say. */
  private static String mediaType(NewBlob layer) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(layer.file())) {
      start = in.readNBytes(4);
    }
    if (start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
      return MediaTypes.OCI_LAYER_GZIP;
    }
    boolean zstd =
        start.length == 4
            && start[0] == 0x28
            && start[1] == (byte) 0xb5
            && start[2] == 0x2f
            && start[3] == (byte) 0xfd;
    return zstd ? MediaTypes.OCI_LAYER_ZSTD : MediaTypes.OCI_LAYER;
  }
}
