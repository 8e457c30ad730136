package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Logins;
import dev.containertui.registry.RegistryClient;
import dev.containertui.registry.RegistryOptions;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry that can be spoiled, with one sound image in it, and a store to pull it into. */
abstract class PullFixture {
  static final Platform AMD64 = Platform.parse("linux/amd64");
  static final int BIG = 3_000_000;

  @TempDir Path directory;
  final Faults faults = new Faults();
  LoopbackRegistry registry;
  ImageStore store;
  Layer small;
  Layer big;
  ImageBuilder builder;
  Reference reference;

  @BeforeEach
  void startRegistry() {
    registry = LoopbackRegistry.start(faults);
    small = layer("small", 100);
    big = layer("big", BIG);
    builder = new ImageBuilder().platform(AMD64).layer(small).layer(big);
    builder.push(registry, "app", "latest");
    reference = registry.reference("app", "latest");
    store = store(options());
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  /** Three quick attempts, no logins. */
  static RegistryOptions options() {
    return RegistryOptions.defaults()
        .withLogins(Logins.NONE)
        .withRetries(3, Duration.ofMillis(10), Duration.ofSeconds(30));
  }

  ImageStore store(RegistryOptions options) {
    return ImageStore.open(directory.resolve("content"), new RegistryClient(options));
  }

  static Layer layer(String name, int size) {
    byte[] noise = new byte[size];
    new Random(name.hashCode()).nextBytes(noise);
    return new LayerBuilder().file(name, 0644, noise).build(Compression.GZIP);
  }

  ImageSummary pull() {
    return store.pull(reference, AMD64, e -> {});
  }

  /** The pull fails as it should, in one line, and the store is as it was. */
  EngineException assertPullFails(Kind kind) {
    EngineException e = assertThrows(EngineException.class, this::pull);
    assertEquals(kind, e.kind(), e.getMessage());
    assertFalse(e.getMessage().chars().anyMatch(c -> c < ' ' || c == 127), e.getMessage());
    assertFalse(e.hint().chars().anyMatch(c -> c < ' '), e.hint());
    assertEquals(List.of(), store.list());
    assertAllBlobsSound();
    return e;
  }

  /** Every file under {@code blobs/} has the digest that it is named after. */
  void assertAllBlobsSound() {
    for (String algorithm : List.of("sha256", "sha512")) {
      try (Stream<Path> files = Files.list(store.directory().resolve("blobs/" + algorithm))) {
        for (Path file : files.toList()) {
          assertEquals(
              file.getFileName().toString(),
              Digest.of(
                      Digest.Algorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)),
                      Files.readAllBytes(file))
                  .hex());
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  String path(Layer layer) {
    return "/blobs/" + layer.descriptor().digest();
  }

  Path partial(Layer layer) {
    return store
        .directory()
        .resolve("ingest/sha256-" + layer.descriptor().digest().hex() + ".partial");
  }
}
