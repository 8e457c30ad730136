package dev.containertui.registry.server;

import dev.containertui.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a {@link LoopbackRegistry} holds. Blobs are shared by all repositories. */
final class RegistryContent {
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

  /** A manifest or an index with the type that it was pushed as. */
  record Stored(Digest digest, String mediaType, byte[] bytes) {}

  private static final class Repository {
    final Map<Digest, Stored> manifests = new ConcurrentHashMap<>();
    final Map<String, Digest> tags = new ConcurrentHashMap<>();
  }

  void putBlob(Digest digest, byte[] bytes) {
    blobs.put(digest, bytes);
  }

  Optional<byte[]> blob(Digest digest) {
    return Optional.ofNullable(blobs.get(digest));
  }

  Digest putManifest(String name, String tag, String mediaType, byte[] bytes) {
    Repository repository = repositories.computeIfAbsent(name, n -> new Repository());
    Digest digest = Digest.sha256(bytes);
    repository.manifests.put(digest, new Stored(digest, mediaType, bytes));
    if (!tag.isEmpty()) {
      repository.tags.put(tag, digest);
    }
    return digest;
  }

  /** By tag or digest. */
  Optional<Stored> manifest(String name, String tagOrDigest) {
    Repository repository = repositories.get(name);
    if (repository == null) {
      return Optional.empty();
    }
    Digest digest =
        tagOrDigest.indexOf(':') >= 0
            ? Digest.parse(tagOrDigest)
            : repository.tags.get(tagOrDigest);
    return Optional.ofNullable(digest).map(repository.manifests::get);
  }

  /** Sorted; empty if there is no such repository. */
  Optional<List<String>> tags(String name) {
    return Optional.ofNullable(repositories.get(name))
        .map(repository -> List.copyOf(new TreeMap<>(repository.tags).keySet()));
  }

  String startUpload() {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new ByteArrayOutputStream());
    return id;
  }

  Optional<ByteArrayOutputStream> upload(String id) {
    return Optional.ofNullable(uploads.get(id));
  }

  void endUpload(String id) {
    uploads.remove(id);
  }
}
