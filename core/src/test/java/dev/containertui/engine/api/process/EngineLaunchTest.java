package dev.containertui.engine.api.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLaunchTest {
  @TempDir Path temp;

  /** The engine has neither this process's directory nor what is open in it. */
  @Test
  void theClassPathIsWhereTheFilesAre() throws Exception {
    Path place = temp.toRealPath();
    Path jar = Files.createFile(place.resolve("a.jar"));
    Path here = Files.createSymbolicLink(place.resolve("open"), place);
    String given =
        String.join(
            File.pathSeparator, here.resolve("a.jar").toString(), place + "/gone.jar", "classes");
    assertEquals(
        String.join(
            File.pathSeparator,
            jar.toString(),
            place + "/gone.jar",
            Path.of("classes").toAbsolutePath().toString()),
        EngineLaunch.classPath(given));
  }
}
