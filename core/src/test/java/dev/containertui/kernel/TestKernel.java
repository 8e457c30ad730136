package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The distribution's kernel for tests that boot machines, installed once per checkout with the same
 * code that users run. {@code CONTAINER_TUI_TEST_CACHE} moves it elsewhere.
 */
public final class TestKernel {
  private TestKernel() {}

  /** The kernel; the first call of all may take a minute. */
  public static synchronized InstalledKernel get() {
    try {
      Path cache = cacheDirectory();
      Files.createDirectories(cache);
      // Test processes of several modules may want it at the same time; they wait for each other.
      try (var channel =
          FileChannel.open(
              cache.resolve("kernels.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        var store = new KernelStore(cache.resolve("kernels"));
        return store.defaultKernel().orElseGet(() -> store.install(event -> {}));
      }
    } catch (IOException e) {
      throw new EngineException(EngineException.Kind.UNAVAILABLE, "no test kernel: " + e, e);
    }
  }

  /** Where tests keep what is expensive to get. */
  public static Path cacheDirectory() {
    String moved = System.getenv("CONTAINER_TUI_TEST_CACHE");
    if (moved != null && !moved.isEmpty()) {
      return Path.of(moved).toAbsolutePath();
    }
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve(".mvn"))) {
      directory = directory.getParent();
    }
    return directory.resolve("target/test-cache");
  }
}
