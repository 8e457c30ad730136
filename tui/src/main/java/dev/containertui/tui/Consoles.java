package dev.containertui.tui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.tui.view.ConsoleModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The consoles: those that are shown, and those of main processes that are only read so that the
 * process does not stall. Owned by the event loop.
 */
final class Consoles {
  private final List<Console> shown = new ArrayList<>();
  private final Map<String, Console> mains = new HashMap<>();
  private int current;

  Optional<Console> current() {
    return shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(current));
  }

  /** Reads along with a main process without showing it. */
  void track(Console main) {
    mains.put(main.containerId(), main);
  }

  Optional<Console> main(String containerId) {
    return Optional.ofNullable(mains.get(containerId));
  }

  /** A shell of this container that still runs. */
  Optional<Console> shell(String containerId) {
    return shown.stream()
        .filter(c -> c.kind() == Console.Kind.SHELL && !c.hasEnded())
        .filter(c -> c.containerId().equals(containerId))
        .findFirst();
  }

  void show(Console console) {
    if (!shown.contains(console)) {
      shown.add(console);
    }
    current = shown.indexOf(console);
  }

  void step(int by) {
    if (!shown.isEmpty()) {
      current = Math.floorMod(current + by, shown.size());
    }
  }

  void close(Console console) {
    int index = shown.indexOf(console);
    if (index >= 0) {
      shown.remove(index);
      if (current > index || current == shown.size()) {
        current = Math.max(0, current - 1);
      }
    }
    console.hangUp();
  }

  /** Drops what belonged to containers that are gone. */
  void retain(java.util.Set<String> containerIds) {
    mains.keySet().retainAll(containerIds);
  }

  void resize(TerminalSize size) {
    shown.forEach(c -> c.resize(size));
    mains.values().forEach(c -> c.resize(size));
  }

  Optional<ConsoleModel> model() {
    return current().map(c -> c.model(current + 1, shown.size()));
  }
}
