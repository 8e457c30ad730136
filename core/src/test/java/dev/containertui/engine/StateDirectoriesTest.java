package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoriesTest {
  private static final Path HOME = Path.of("/home/u");

  @TempDir Path temp;

  @Test
  void followsTheXdgDirectories() {
    StateDirectories plain = StateDirectories.of(Map.of("XDG_DATA_HOME", "relative"), HOME, 7);
    assertEquals(Path.of("/home/u/.local/share/container-tui"), plain.data());
    assertEquals(Path.of("/tmp/container-tui-7"), plain.runtime());
    assertEquals(Path.of("/home/u/.config/container-tui"), plain.config());
    assertEquals(Path.of("/home/u/.cache/container-tui"), plain.cache());
    StateDirectories xdg =
        StateDirectories.of(
            Map.of("XDG_DATA_HOME", "/d", "XDG_RUNTIME_DIR", "/r", "XDG_CACHE_HOME", "/c"),
            HOME,
            7);
    assertEquals(Path.of("/d/container-tui"), xdg.data());
    assertEquals(Path.of("/r/container-tui"), xdg.runtime());
    assertEquals(Path.of("/c/container-tui"), xdg.cache());
  }

  @Test
  void oneVariablePutsAllBelowOneDirectory() {
    StateDirectories all =
        StateDirectories.of(
            Map.of("CONTAINER_TUI_HOME", "/one/../two", "XDG_DATA_HOME", "/d"), HOME, 7);
    assertEquals(Path.of("/two/data"), all.data());
    assertEquals(Path.of("/two/run"), all.runtime());
  }

  @Test
  void aHomeTooLongForSocketsGetsAShortRuntimeDirectoryOfItsOwn() {
    Path longHome = Path.of("/" + "x".repeat(80));
    Path first = StateDirectories.below(longHome).runtime();
    Path second = StateDirectories.below(longHome.resolve("y")).runtime();
    assertEquals(first, StateDirectories.below(longHome).runtime());
    assertEquals(first.getParent(), second.getParent());
    assertEquals(Path.of("/tmp"), first.getParent().getParent());
  }

  @Test
  void makesAPrivateRuntimeDirectoryAndRefusesAnOpenOne() throws Exception {
    StateDirectories directories = StateDirectories.below(temp);
    Path runtime = directories.ensureRuntime();
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(runtime)));
    directories.ensureRuntime();
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-x---"));
    assertThrows(EngineException.class, directories::ensureRuntime);
    Files.delete(runtime);
    Files.createSymbolicLink(runtime, Files.createDirectory(temp.resolve("elsewhere")));
    assertThrows(EngineException.class, directories::ensureRuntime);
  }
}
