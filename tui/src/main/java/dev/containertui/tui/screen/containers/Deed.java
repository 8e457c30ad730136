package dev.containertui.tui.screen.containers;

import dev.containertui.container.Container;
import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Something that is done to containers, in the words of the command line and of JShell.
 *
 * @param doing as in {@code stopping web …}
 * @param done as in {@code stopped web}
 * @param command of the command line, with options: {@code rm -f}
 * @param method of JShell's container: {@code stop()}
 */
record Deed(String doing, String done, String command, String method, Work work) {
  /** So many containers at once: more would only stand in each other's way. */
  private static final int AT_ONCE = 8;

  private static final int NAMED = 3;

  /** What is done to each. */
  @FunctionalInterface
  interface Work {
    void to(Container container) throws InterruptedException;
  }

  /** Does it to all of them, side by side, and tells how it went. */
  Step start(State state, List<ContainerFacts> containers) {
    List<String> names = containers.stream().map(ContainerFacts::name).toList();
    State told = Shell.note(state, doing + " " + some(names) + " …", "");
    told =
        Shell.did(
            told,
            "container-tui " + command + " " + Words.quoted(names),
            names.stream()
                .map(n -> "c(" + Words.java(n) + ")." + method)
                .collect(Collectors.joining("; ")));
    return Step.to(
        told, new Effect(doing + " " + some(names), host -> host.post(done, run(containers))));
  }

  private Change run(List<ContainerFacts> containers) throws InterruptedException {
    Map<String, EngineException> failures = new LinkedHashMap<>();
    Semaphore room = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<?>> running = new LinkedHashMap<>();
      for (ContainerFacts container : containers) {
        running.put(
            container.name(),
            threads.submit(
                () -> {
                  room.acquire();
                  try {
                    work.to(container.handle());
                  } finally {
                    room.release();
                  }
                  return null;
                }));
      }
      try {
        for (Map.Entry<String, Future<?>> one : running.entrySet()) {
          await(one.getValue()).ifPresent(e -> failures.put(one.getKey(), e));
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    List<String> names = containers.stream().map(ContainerFacts::name).toList();
    return s ->
        Step.to(
            failures.isEmpty()
                ? Shell.success(s, done + " " + some(names), "")
                : failed(s, names, failures));
  }

  private static Optional<EngineException> await(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case EngineException known -> Optional.of(known);
        case RuntimeException broken -> throw broken;
        case Error broken -> throw broken;
        default -> throw new IllegalStateException(e.getCause());
      };
    }
  }

  private State failed(State state, List<String> names, Map<String, EngineException> failures) {
    if (names.size() == 1) {
      return Shell.failed(state, failures.values().iterator().next());
    }
    List<String> details = new ArrayList<>();
    failures.forEach(
        (name, e) -> {
          details.add(name + ": " + e.getMessage());
          if (!e.hint().isEmpty()) {
            details.add("    " + e.hint());
          }
        });
    String first = failures.keySet().iterator().next();
    String text =
        "%s %d of %d; %s: %s"
            .formatted(
                done,
                names.size() - failures.size(),
                names.size(),
                first,
                failures.get(first).getMessage());
    return state.with(Shell.SLOT, s -> s.said(new Notice(Notice.Level.ERROR, text, "", details)));
  }

  /** The first names, and how many there are. */
  static String some(List<String> names) {
    return names.size() <= NAMED ? String.join(", ", names) : names.size() + " containers";
  }
}
