package dev.containertui.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes images as one tar archive that is two things at once, as docker 25 and later do it: an OCI
 * image layout, and Docker's older format, whose {@code manifest.json} points at the same blobs.
 *
 * <pre>
 *   blobs/sha256/HEX   layers as they are stored, configurations, manifests; each once
 *   index.json         the manifests, with the images' names
 *   manifest.json      for each image: configuration, names, layers
 *   oci-layout
 * </pre>
 *
 * <p>The same images give the same bytes.
 */
final class ImageArchiveWriter {
  private final StoreParts store;
  private final ImageCatalog catalog;

  /** An image that is to be written, and the names that were asked for. */
  private record Chosen(StoredImage image, Descriptor manifest, List<Reference> names) {}

  ImageArchiveWriter(StoreParts store, ImageCatalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /** See {@link ImageStore#save}. */
  void write(List<String> references, OutputStream target) {
    if (references.isEmpty()) {
      throw new EngineException(Kind.INVALID, "no images to be saved are named");
    }
    List<Chosen> images = choose(references);
    try {
      TarArchiveOutputStream tar = new TarArchiveOutputStream(target, "UTF-8");
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      directory(tar, "blobs/");
      for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
        directory(tar, "blobs/" + algorithm.word() + "/");
      }
      for (Descriptor blob : blobs(images)) {
        blob(tar, blob);
      }
      file(tar, "index.json", JsonObject.write(index(images).toJson()));
      file(tar, "manifest.json", JsonObject.write(dockerManifest(images)));
      file(tar, "oci-layout", ImageStore.LAYOUT.getBytes(StandardCharsets.UTF_8));
      tar.finish();
      target.flush();
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      throw new EngineException(Kind.CANCELLED, "interrupted while saving images", e);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the archive cannot be written: " + e.getMessage(), e);
    }
  }

  /** Images in the order in which they are named, each once. */
  private List<Chosen> choose(List<String> references) {
    Map<Digest, Chosen> chosen = new LinkedHashMap<>();
    for (String text : references) {
      StoredImage image = catalog.image(text, Optional.empty());
      Chosen one =
          chosen.computeIfAbsent(
              image.manifestDigest(),
              digest -> new Chosen(image, manifest(image), new ArrayList<>()));
      nameAskedFor(text, image).filter(n -> !one.names().contains(n)).ifPresent(one.names()::add);
    }
    return List.copyOf(chosen.values());
  }

  private Descriptor manifest(StoredImage image) {
    long size;
    try {
      size = Files.size(store.blobs().path(image.manifestDigest()));
    } catch (IOException e) {
      throw unreadable(store.blobs().path(image.manifestDigest()), e);
    }
    return Descriptor.of(image.manifest().mediaType(), image.manifestDigest(), size)
        .withPlatform(image.summary().platform());
  }

  /** The image's name that {@code text} is; none if it is an id or a digest. */
  private static Optional<Reference> nameAskedFor(String text, StoredImage image) {
    return image.summary().references().stream()
        .filter(
            name -> {
              try {
                return Reference.parse(text).toString().equals(name);
              } catch (EngineException anId) {
                return false;
              }
            })
        .map(Reference::parse)
        .filter(name -> name.digest().isEmpty())
        .findFirst();
  }

  private static List<Descriptor> blobs(List<Chosen> images) {
    Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
    for (Chosen chosen : images) {
      List<Descriptor> all = new ArrayList<>(chosen.image().manifest().layers());
      all.add(chosen.image().manifest().config());
      all.add(chosen.manifest());
      all.forEach(blob -> blobs.putIfAbsent(blob.digest(), blob));
    }
    return List.copyOf(blobs.values());
  }

  /** Names as containerd writes them, which docker and others look for. */
  private static Index index(List<Chosen> images) {
    List<Descriptor> manifests = new ArrayList<>();
    for (Chosen chosen : images) {
      if (chosen.names().isEmpty()) {
        manifests.add(chosen.manifest());
      }
      for (Reference name : chosen.names()) {
        manifests.add(
            chosen
                .manifest()
                .withAnnotations(
                    Map.of(
                        StoreIndex.FULL_NAME,
                        name.toString(),
                        StoreIndex.REF_NAME,
                        name.tagOrDigest())));
      }
    }
    return Index.of(manifests);
  }

  private static ArrayNode dockerManifest(List<Chosen> images) {
    ArrayNode array = JsonObject.createArray();
    for (Chosen chosen : images) {
      ObjectNode json = array.addObject();
      json.put("Config", path(chosen.image().manifest().config().digest()));
      ArrayNode names = json.putArray("RepoTags");
      chosen.names().forEach(name -> names.add(name.familiar()));
      ArrayNode layers = json.putArray("Layers");
      chosen.image().manifest().layers().forEach(layer -> layers.add(path(layer.digest())));
    }
    return array;
  }

  private static String path(Digest digest) {
    return "blobs/" + digest.algorithm().word() + "/" + digest.hex();
  }

  private void blob(TarArchiveOutputStream tar, Descriptor blob) throws IOException {
    if (!store.blobs().has(blob)) {
      throw damaged(blob);
    }
    MessageDigest hash = blob.digest().algorithm().newMessageDigest();
    tar.putArchiveEntry(entry(path(blob.digest()), blob.sizeBytes()));
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(store.blobs().path(blob.digest())), hash)) {
      in.transferTo(tar);
    }
    tar.closeArchiveEntry();
    // Whoever saves images to keep them had better know at once.
    if (!blob.digest().algorithm().finish(hash).equals(blob.digest())) {
      throw damaged(blob);
    }
  }

  private static EngineException damaged(Descriptor blob) {
    return new EngineException(
        Kind.CORRUPT, "the image store holds a damaged " + blob.digest(), "pull the image again");
  }

  private static EngineException unreadable(Path file, IOException e) {
    return DiskErrors.of("cannot read the image store", file, e);
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    tar.putArchiveEntry(entry(name, content.length));
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(String name, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(0644);
    return plain(entry);
  }

  private static void directory(TarArchiveOutputStream tar, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_DIR);
    entry.setMode(0755);
    tar.putArchiveEntry(plain(entry));
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry plain(TarArchiveEntry entry) {
    entry.setModTime(0L);
    entry.setIds(0, 0);
    return entry;
  }
}
