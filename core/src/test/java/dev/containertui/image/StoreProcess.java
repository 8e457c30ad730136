package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.RegistryClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that pulls into a store: {@code DIRECTORY REFERENCE [fill]}. */
final class StoreProcess {
  private StoreProcess() {}

  /** Prints {@code pulled DIGEST} or {@code KIND message}; with {@code fill} it fills the disk. */
  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    boolean fill = args.length > 2;
    try (RegistryClient client = new RegistryClient(PullFixture.options())) {
      ImageSummary image =
          ImageStore.open(directory, client)
              .pull(
                  Reference.parse(args[1]),
                  Platform.parse("linux/amd64"),
                  event -> {
                    if (fill && event instanceof PullEvent.Downloading) {
                      fillDisk(directory.resolve("filler"));
                    }
                  });
      System.out.println("pulled " + image.digest());
    } catch (EngineException e) {
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  private static void fillDisk(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      return;
    }
  }

  /** Starts it; {@code before} comes before the Java command. */
  static Process start(List<String> before, Path directory, String reference, String... more)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            directory.toString(),
            reference));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What it printed. */
  static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
