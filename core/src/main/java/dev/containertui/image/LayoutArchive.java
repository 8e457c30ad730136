package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.image.ImageArchiveReader.Found;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.Index;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An archive that is an OCI image layout (image-spec, image-layout.md). */
final class LayoutArchive implements ImageArchiveReader.Format {
  private static final int MAX_DOCUMENT_BYTES = 4 << 20;
  private static final int MAX_INDEX_DEPTH = 4;
  private static final int MAX_IMAGES = 1000;

  private final StoreParts store;

  LayoutArchive(StoreParts store) {
    this.store = store;
  }

  @Override
  public List<Found> find(ArchiveContents contents) throws IOException {
    Optional<NewBlob> file = contents.find("index.json");
    if (file.isEmpty() || contents.find("oci-layout").isEmpty()) {
      return List.of();
    }
    byte[] bytes = contents.read(file.get(), "index.json", MAX_DOCUMENT_BYTES);
    ManifestDocument root =
        ManifestDocument.parse(
            bytes, MediaTypes.OCI_INDEX, "index.json of " + ArchiveContents.WHAT);
    if (!(root instanceof Index index)) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    for (Descriptor descriptor : index.manifests()) {
      new Walk(contents, name(descriptor), found).add(descriptor, Optional.empty(), 0);
    }
    return found;
  }

  /** A full name, or what could be nothing else; a mere tag says nothing of a repository. */
  private static Optional<Reference> name(Descriptor descriptor) {
    String full = descriptor.annotations().getOrDefault(StoreIndex.FULL_NAME, "");
    String text =
        full.isEmpty() ? descriptor.annotations().getOrDefault(StoreIndex.REF_NAME, "") : full;
    if (text.isEmpty() || full.isEmpty() && text.indexOf('/') < 0 && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Reference.parse(text)).filter(name -> name.digest().isEmpty());
    } catch (EngineException e) {
      if (full.isEmpty()) {
        return Optional.empty(); // Any text may stand there, and other tools put any text there.
      }
      throw e;
    }
  }

  /** The images of one name. */
  private final class Walk {
    private final ArchiveContents contents;
    private final Optional<Reference> name;
    private final List<Found> found;

    Walk(ArchiveContents contents, Optional<Reference> name, List<Found> found) {
      this.contents = contents;
      this.name = name;
      this.found = found;
    }

    /** Adds an image, or all that an index points at and the archive holds. */
    void add(Descriptor descriptor, Optional<Digest> chosenFrom, int depth) throws IOException {
      boolean index = MediaTypes.isIndex(descriptor.mediaType());
      if (depth > MAX_INDEX_DEPTH || found.size() > MAX_IMAGES) {
        throw ArchiveContents.corrupt("has too many images in it, or indexes without end");
      }
      if (!index && !MediaTypes.isManifest(descriptor.mediaType())) {
        return;
      }
      Optional<NewBlob> file = contents.find(descriptor.digest());
      if (file.isEmpty() && depth > 0) {
        return; // Only some of the platforms have been saved.
      }
      NewBlob present =
          file.orElseThrow(() -> ArchiveContents.corrupt("lacks " + descriptor.digest()));
      requireSize(descriptor, present);
      byte[] bytes = contents.read(present, descriptor.digest().toString(), MAX_DOCUMENT_BYTES);
      switch (ManifestDocument.parse(
          bytes, descriptor.mediaType(), "a manifest in " + ArchiveContents.WHAT)) {
        case Index nested -> {
          int before = found.size();
          for (Descriptor child : nested.images().toList()) {
            add(child, chosenFrom.or(() -> Optional.of(descriptor.digest())), depth + 1);
          }
          if (found.size() > before && chosenFrom.isEmpty()) {
            present.keep();
          }
        }
        case Manifest manifest -> addImage(descriptor, manifest, present, chosenFrom);
      }
    }

    private void addImage(
        Descriptor descriptor, Manifest manifest, NewBlob file, Optional<Digest> chosenFrom)
        throws IOException {
      String what = name.map(Reference::familiar).orElse("an image in " + ArchiveContents.WHAT);
      ImageChecks.requireImage(manifest, what);
      NewBlob configFile =
          contents
              .find(manifest.config().digest())
              .orElseThrow(() -> ArchiveContents.corrupt("lacks the configuration of " + what));
      requireSize(manifest.config(), configFile);
      byte[] configBytes = contents.read(configFile, "configuration", ImageConfig.MAX_BYTES);
      ImageConfig config = ImageConfig.parse(configBytes, "the configuration of " + what);
      ImageChecks.requireLayers(manifest.layers().size(), config, what);
      List<NewBlob> needed = new ArrayList<>();
      for (Descriptor layer : manifest.layers()) {
        Optional<NewBlob> blob = contents.find(layer.digest());
        if (blob.isPresent()) {
          requireSize(layer, blob.get());
          needed.add(blob.get());
        } else if (!store.blobs().has(layer)) {
          throw ArchiveContents.corrupt("lacks a layer of " + what + ": " + layer.digest());
        }
      }
      needed.add(configFile);
      needed.add(file);
      needed.forEach(NewBlob::keep);
      Platform platform =
          config.platform().isKnown()
              ? config.platform()
              : descriptor.platform().orElse(config.platform());
      Descriptor stored =
          Descriptor.of(descriptor.mediaType(), descriptor.digest(), descriptor.sizeBytes());
      found.add(
          new Found(name, new Entry(Optional.empty(), stored.withPlatform(platform), chosenFrom)));
    }

    private void requireSize(Descriptor descriptor, NewBlob file) {
      if (file.size() != descriptor.sizeBytes()) {
        throw ArchiveContents.corrupt(
            "has %d bytes for %s, which should have %d"
                .formatted(file.size(), descriptor.digest(), descriptor.sizeBytes()));
      }
    }
  }
}
