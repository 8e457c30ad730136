package dev.containertui.tui;

import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PublishedPort;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.HostSample;
import dev.containertui.tui.facts.HostUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines whose figures are the same in every run. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final long MIB = 1L << 20;

  private Samples() {}

  /** A workbench of this size that has looked at these for a while. */
  public static State state(
      Program program, int columns, int rows, int seconds, List<ContainerFacts> containers) {
    State state =
        State.INITIAL.with(
            Facts.SLOT,
            f -> f.withContainers(containers, NOW.minusSeconds(seconds)).withImages(List.of()));
    for (int second = 0; second <= seconds; second++) {
      state = sampled(state, NOW.minusSeconds(seconds - second), second);
    }
    state =
        state
            .with(Facts.SLOT, f -> f.withNow(NOW))
            .with(Shell.SLOT, s -> s.withScreen(program.screens().getFirst().id()));
    return program.update(state, new Event.Resized(columns, rows)).state();
  }

  /** With a sample of each container, and of the host. */
  public static State sampled(State state, Instant at, int second) {
    Map<String, ContainerStats> stats = new HashMap<>();
    Facts before = Facts.of(state);
    for (int i = 0; i < before.containers().size(); i++) {
      stats.put(before.containers().get(i).id(), stats(i, at, second));
    }
    Facts facts = before.withStats(stats, at);
    HostSample host =
        new HostSample(at, 4, 140L * second, 16384 * MIB, 11000 * MIB, 1.25, 0.8, 0.41);
    return state.put(Facts.SLOT, facts).with(HostUsage.SLOT, h -> h.with(host, facts.totals()));
  }

  private static ContainerStats stats(int number, Instant at, int second) {
    // Saw teeth of different lengths.
    long cpu = 0;
    for (int i = 0; i <= second; i++) {
      cpu += (i % (20 + 7 * number)) * 30_000L / (number + 1);
    }
    return new ContainerStats(
        at,
        cpu * 9 / 10,
        (40 + 5 * number + second % 30) * MIB,
        512 * MIB,
        3 + number,
        second * 12_345L * (number + 1),
        second * 2_345L,
        5 * MIB,
        second * 100_000L * number,
        cpu,
        (90 + 5 * number + second % 30) * MIB,
        (31 - number) * MIB);
  }

  /**
   * A running clone, a running machine that booted, a paused one, and a container that has ended.
   */
  public static List<ContainerFacts> some() {
    return List.of(
        container(1, "web", true, running(1)),
        container(2, "database", false, running(2)),
        container(3, "worker", true, new ContainerState.Paused(NOW.minusSeconds(4000), 4003)),
        container(4, "batch", true, new ContainerState.Exited(NOW.minusSeconds(60), 0)));
  }

  /** Many that run. */
  public static List<ContainerFacts> many(int count) {
    List<ContainerFacts> containers = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      containers.add(container(i, "container-" + i, i % 3 != 0, running(i)));
    }
    return containers;
  }

  private static ContainerState running(int number) {
    return new ContainerState.Running(NOW.minusSeconds(100L * number), 4000 + number);
  }

  private static ContainerFacts container(
      int number, String name, boolean clone, ContainerState state) {
    MemoryContainer handle =
        new MemoryEngine().create(ContainerSpec.of("busybox:1.36").name(name).build());
    String id = "%012x".formatted(0xc0ffee00L * number) + "0".repeat(52);
    return new ContainerFacts(
        handle,
        id,
        name,
        "docker.io/library/busybox:1.36",
        state,
        "10.0.2.15",
        Optional.empty(),
        NOW.minus(Duration.ofDays(number)),
        Optional.of(NOW.minusSeconds(100L * number)),
        0,
        number == 1 ? "web.local" : id.substring(0, 12),
        Optional.of(
            new MachineFacts(
                4000 + number,
                "qemu",
                "tcg",
                "6.1.192-lean",
                number == 2 ? 2 : 1,
                (number == 2 ? 1024 : 512) * MIB,
                Optional.empty(),
                number == 1
                    ? List.of(new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80")))
                    : List.of())),
        clone ? "clone of template 2f0c9d1e44aa01b7" : "cold boot: no template of this shape yet");
  }
}
