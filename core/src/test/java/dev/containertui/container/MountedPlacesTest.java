package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedPlacesTest {
  private final ContainerRecord container =
      new ContainerRecord(
          "0".repeat(64),
          "web",
          ContainerSpec.of("image")
              .mounts(MountText.all(List.of("data:/var/lib"), List.of(), List.of("/tmp")))
              .build(),
          "image",
          "sha256:" + "0".repeat(64),
          List.of("true"),
          Instant.EPOCH,
          new ContainerState.Created(Instant.EPOCH),
          Optional.empty(),
          BootTimeline.empty(),
          RunFacts.none(false));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/lib",
        "/var/lib/",
        "/var/lib/x",
        "/var/./lib//x",
        "/etc/../var/lib/x",
        "var/lib"
      })
  void whatLiesInAVolumeIsNotTheContainers(String path) {
    EngineException refused =
        assertThrows(EngineException.class, () -> MountedPlaces.refuse(container, path));
    assertEquals(Kind.CONFLICT, refused.kind());
    assertTrue(refused.getMessage().contains("lies in volume data"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/var", "/var/library", "/var/lib/..", "/etc"})
  void whatLiesBesideItIs(String path) {
    assertDoesNotThrow(() -> MountedPlaces.refuse(container, path));
    assertFalse(MountedPlaces.isOne(container, path));
  }

  @Test
  void thePlaceItselfIsADirectoryOfTheContainer() {
    assertDoesNotThrow(() -> MountedPlaces.refuseBelow(container, "/var/lib"));
    assertDoesNotThrow(() -> MountedPlaces.refuseBelow(container, "/"));
    assertTrue(MountedPlaces.isOne(container, "/tmp/"));
    assertThrows(EngineException.class, () -> MountedPlaces.refuseBelow(container, "/tmp/x"));
  }
}
