package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.oci.ImageConfig;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import dev.containertui.volume.VolumeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MountPlanTest {
  private static ImageConfig.Execution image(String... volumes) {
    return new ImageConfig.Execution(
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(volumes),
        Map.of());
  }

  private static List<Mount> volumes(String... texts) {
    return MountText.all(List.of(texts), List.of(), List.of());
  }

  private static List<String> targets(List<Mount> mounts) {
    return mounts.stream().map(Mount::target).toList();
  }

  @Test
  void theImageGetsAnonymousVolumesWhereNothingElseIsMounted() {
    List<Mount> mounts = MountPlan.of(volumes("data:/data"), image("/data/", "/more"));
    assertEquals(List.of("/data", "/more"), targets(mounts));
    assertEquals(MountText.volume("/more"), mounts.get(1));
  }

  @Test
  void parentsComeBeforeWhatIsMountedInThem() {
    assertEquals(
        List.of("/a", "/b", "/a/b", "/a/b/c"),
        targets(MountPlan.of(volumes("v1:/a/b/c", "v2:/a/b", "v3:/a", "v4:/b"), image())));
  }

  @Test
  void anImageThatWantsVolumesInWrongPlacesIsRefused() {
    for (String path : List.of("/", "relative", "/../x", "/proc/x", "/a\nb")) {
      assertThrows(EngineException.class, () -> MountPlan.of(List.of(), image(path)), path);
    }
    String[] many = IntStream.range(0, 17).mapToObj(i -> "/v" + i).toArray(String[]::new);
    EngineException refused =
        assertThrows(EngineException.class, () -> MountPlan.of(List.of(), image(many)));
    assertTrue(refused.getMessage().contains("16 volumes"), refused.getMessage());
  }

  /** An image's configuration has room for so many. */
  @Test
  @Timeout(120)
  void volumesWithoutNumberAreSoonRefused() {
    String[] many = IntStream.range(0, 400_000).mapToObj(i -> "/v" + i).toArray(String[]::new);
    EngineException refused =
        assertThrows(EngineException.class, () -> MountPlan.of(List.of(), image(many)));
    assertTrue(refused.getMessage().contains("32 mounts"), refused.getMessage());
  }

  @Test
  void fewShapesServeAllAndThoseWithoutVolumesAreAsBefore() {
    assertEquals(0, MountPlan.bays(List.of(), true));
    assertEquals(3, MountPlan.bays(List.of("a"), true));
    assertEquals(3, MountPlan.bays(List.of("a", "b", "c"), false));
    assertEquals(16, MountPlan.bays(List.of("a", "b", "c", "d"), true));
    EngineException refused =
        assertThrows(
            EngineException.class, () -> MountPlan.bays(List.of("a", "b", "c", "d"), false));
    assertTrue(refused.getMessage().contains("kernel without ACPI"), refused.getMessage());
  }

  @Test
  void anonymousVolumesGoIfOneAfterThemCannotBeMade(@TempDir Path directory) throws Exception {
    VolumeStore store = new VolumeStore(directory);
    store.create(VolumeSpec.named("kept"));
    Files.createDirectories(directory.resolve("bad"));
    Files.writeString(directory.resolve("bad/volume.json"), "{");
    List<Mount> mounts = volumes("/one", "kept:/two", "bad:/three");
    EngineException failed =
        assertThrows(EngineException.class, () -> MountPlan.withVolumes(mounts, store));
    assertEquals(EngineException.Kind.CORRUPT, failed.kind());
    assertEquals(List.of("kept"), store.list().stream().map(Volume::name).toList());
  }

  @Test
  void oneVolumeInTwoPlacesIsOneDisk() {
    assertEquals(List.of("data"), MountPlan.volumes(volumes("data:/a", "data:/b:ro")));
  }
}
