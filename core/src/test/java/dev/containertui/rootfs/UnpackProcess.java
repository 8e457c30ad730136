package dev.containertui.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that unpacks a plain layer: {@code TAR DIRECTORY}. */
final class UnpackProcess {
  private UnpackProcess() {}

  public static void main(String[] arguments) throws IOException {
    byte[] tar = Files.readAllBytes(Path.of(arguments[0]));
    new RootFilesystems(Path.of(arguments[1]))
        .prepare(TestLayers.digest(tar), List.of(TestLayers.plain(tar)), UnpackProgress.NONE);
    System.out.println("unpacked");
  }
}
