package dev.containertui.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "amd64, linux/amd64",
    "x86_64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "linux/amd64/v3, linux/amd64/v3",
    "arm64, linux/arm64",
    "aarch64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/arm64/v9, linux/arm64/v9",
    "linux/arm, linux/arm/v7",
    "linux/arm/6, linux/arm/v6",
    "armhf, linux/arm/v7",
    "armel, linux/arm/v6",
    "linux/riscv64, linux/riscv64",
  })
  void writesTheSamePlatformTheSameWay(String text, String canonical) {
    assertEquals(canonical, Platform.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "linux/", "/amd64", "linux/amd64/", "linux/arm/v7/x", "a b"})
  void refusesWhatIsNoPlatform(String text) {
    EngineException e = assertThrows(EngineException.class, () -> Platform.parse(text));
    assertEquals(EngineException.Kind.INVALID, e.kind());
  }

  @Test
  void hostIsLinux() {
    assertEquals("linux", Platform.host().os());
  }

  @Test
  void newerProcessorsRunOlderVariants() {
    assertTrue(Platform.parse("linux/arm/v7").runs(Platform.parse("linux/arm/v5")));
    assertFalse(Platform.parse("linux/arm/v6").runs(Platform.parse("linux/arm/v7")));
    assertTrue(Platform.parse("linux/amd64/v3").runs(Platform.parse("linux/amd64")));
    assertFalse(Platform.parse("linux/amd64").runs(Platform.parse("linux/amd64/v2")));
    assertTrue(Platform.parse("linux/arm64/v9").runs(Platform.parse("linux/arm64")));
    assertFalse(Platform.parse("linux/arm64").runs(Platform.parse("linux/amd64")));
    assertFalse(Platform.parse("windows/amd64").runs(Platform.parse("linux/amd64")));
  }

  @Test
  void indexGivesFirstEntryOfTheBestVariant() {
    Index index = index("linux/arm/v5", "linux/arm/v6", "linux/arm64", "linux/arm/v6");
    assertEquals(index.manifests().get(1), index.choose(Platform.parse("linux/arm/v7")).get());
    assertEquals(index.manifests().get(0), index.choose(Platform.parse("linux/arm/v5")).get());
    assertEquals(index.manifests().get(2), index.choose(Platform.parse("linux/arm64/v8")).get());
    assertEquals(Optional.empty(), index.choose(Platform.parse("linux/amd64")));
    assertEquals(3, index.platforms().size());
  }

  @Test
  void indexPassesOverWhatIsNoImage() {
    Platform amd64 = Platform.parse("linux/amd64");
    Descriptor attestation =
        manifest(Optional.of(amd64))
            .withAnnotations(Map.of("vnd.docker.reference.type", "attestation-manifest"));
    Descriptor unknown = manifest(Optional.of(Platform.UNKNOWN));
    Descriptor foreign =
        new Descriptor(
            "application/vnd.example+json",
            Digest.sha256(new byte[0]),
            0,
            Optional.of(amd64),
            Optional.empty(),
            Map.of());
    Descriptor untyped = manifest(Optional.empty());
    Descriptor image = manifest(Optional.of(amd64));
    Index index = Index.of(List.of(attestation, unknown, foreign, untyped, image));
    assertEquals(image, index.choose(amd64).get());
    assertEquals(List.of(amd64), index.platforms());
    assertEquals(
        untyped, index.choose(Platform.parse("arm64")).get(), "may fit: its configuration says");
  }

  private static Index index(String... platforms) {
    return Index.of(
        Arrays.stream(platforms).map(p -> manifest(Optional.of(Platform.parse(p)))).toList());
  }

  private static int serial;

  private static Descriptor manifest(Optional<Platform> platform) {
    return new Descriptor(
        MediaTypes.OCI_MANIFEST,
        Digest.sha256(new byte[] {(byte) serial++}),
        1,
        platform,
        Optional.empty(),
        Map.of());
  }
}
