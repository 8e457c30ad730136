package dev.containertui.repl.console;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names of files in containers that run, as their own {@code ls} tells them. What it says is
 * bounded, and names that a terminal or a string cannot take are left out.
 */
final class GuestPaths {
  /** A directory is asked for again after that long. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final Duration GUEST_LIMIT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_NAMES = 2000;
  private static final int MOST_DIRECTORIES = 64;

  private record Listing(CompletableFuture<List<String>> names, long atNanos) {}

  private final Map<String, Listing> listings = new LinkedHashMap<>();

  /**
   * The entries of a directory, those of directories with a slash behind them; none if the
   * container does not answer in time. The next call finds an answer that came too late.
   */
  List<String> list(Container container, String directory, Duration limit) {
    Listing listing = listing(container, directory);
    try {
      return listing.names().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private synchronized Listing listing(Container container, String directory) {
    String key = container.id() + directory;
    Listing kept = listings.get(key);
    long now = System.nanoTime();
    if (kept != null && now - kept.atNanos() < FRESH.toNanos()) {
      return kept;
    }
    Listing asked = new Listing(new CompletableFuture<>(), now);
    listings.remove(key);
    listings.put(key, asked);
    if (listings.size() > MOST_DIRECTORIES) {
      listings.remove(listings.keySet().iterator().next());
    }
    Thread.startVirtualThread(
        () -> {
          try {
            asked.names().complete(ask(container, directory));
          } catch (EngineException | IOException e) {
            asked.names().complete(List.of()); // no ls, or no such container any more
          }
        });
    return asked;
  }

  private static List<String> ask(Container container, String directory) throws IOException {
    if (!(container.state() instanceof ContainerState.Running)) {
      return List.of();
    }
    ContainerProcess ls = container.exec(ProcessSpec.of("ls", "-1Ap", "--", directory));
    Thread watch =
        Thread.startVirtualThread(
            () -> {
              try {
                Thread.sleep(GUEST_LIMIT);
                ls.destroyForcibly();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it has answered
              }
            });
    try (InputStream output = ls.getInputStream()) {
      return names(new String(output.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    } finally {
      watch.interrupt();
      ls.destroyForcibly();
    }
  }

  static List<String> names(String output) {
    List<String> names = new ArrayList<>();
    for (String name : output.split("\n")) {
      if (names.size() == MOST_NAMES) {
        break;
      }
      if (!name.isEmpty()
          && name.chars().noneMatch(c -> Character.isISOControl(c) || c == '"' || c == '\\')
          && name.indexOf('\uFFFD') < 0) {
        names.add(name);
      }
    }
    return names;
  }
}
