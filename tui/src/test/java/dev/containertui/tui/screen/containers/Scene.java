package dev.containertui.tui.screen.containers;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import dev.containertui.container.Health;
import dev.containertui.tui.Programs;
import dev.containertui.tui.Samples;
import dev.containertui.tui.app.State;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.text.TextRow;
import dev.containertui.tui.vt.LineDecoder;
import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The screen with containers whose figures, logs and files are the same in every run. */
final class Scene {
  private Scene() {}

  static Programs of(int columns, int rows) {
    return of(columns, rows, containers());
  }

  static Programs of(int columns, int rows, List<ContainerFacts> containers) {
    Programs scene = Programs.only(new ContainersScreen(), columns, rows);
    State known =
        scene.state.with(
            Facts.SLOT, f -> f.withContainers(containers, Samples.NOW.minusSeconds(90)));
    for (int second = 0; second <= 90; second++) {
      known = Samples.sampled(known, Samples.NOW.minusSeconds(90 - second), second);
    }
    scene.state = known.with(Facts.SLOT, f -> f.withNow(Samples.NOW));
    return scene;
  }

  static ContainerFacts with(
      ContainerFacts of, String name, ContainerState state, Optional<Health> health, int restarts) {
    return new ContainerFacts(
        of.handle(),
        of.id(),
        name,
        of.image(),
        state,
        of.address(),
        health,
        of.created(),
        state instanceof ContainerState.Created ? Optional.empty() : of.started(),
        restarts,
        of.hostname(),
        of.machine(),
        of.start());
  }

  static List<ContainerFacts> containers() {
    List<ContainerFacts> some = Samples.many(8);
    Instant at = Samples.NOW.minusSeconds(30);
    return List.of(
        with(some.get(0), "web", some.get(0).state(), health(Health.Status.HEALTHY), 0),
        with(some.get(1), "database", some.get(1).state(), health(Health.Status.UNHEALTHY), 12),
        with(some.get(2), "worker", new ContainerState.Paused(at, 77), Optional.empty(), 0),
        with(some.get(3), "batch", new ContainerState.Exited(at, 0), Optional.empty(), 0),
        with(
            some.get(4),
            "crashed-with-a-long-name-that-does-not-fit",
            new ContainerState.Exited(at, 137),
            Optional.empty(),
            3),
        with(some.get(5), "fresh", new ContainerState.Created(at), Optional.empty(), 0),
        with(
            some.get(6),
            "broken",
            new ContainerState.Failed(at, "no kernel is installed"),
            Optional.empty(),
            0),
        with(
            some.get(7),
            "evil\u001b[2J\u202e漢字",
            new ContainerState.Restarting(at, 1),
            Optional.empty(),
            1));
  }

  private static Optional<Health> health(Health.Status status) {
    return Optional.of(new Health(status, 0, List.of()));
  }

  /** Lines as a web server writes them, with colours, an error, and one that is hostile. */
  static LogFeed.Batch log() {
    List<TextRow> rows = new ArrayList<>();
    LineDecoder decoder = new LineDecoder();
    Instant[] at = {Samples.NOW.minusSeconds(60)};
    for (int i = 1; i <= 40; i++) {
      boolean error = i % 10 == 0;
      String text =
          error
              ? "\u001b[1;31merror\u001b[0m: no answer from database, attempt " + i / 10
              : "10.0.2.2 - - \"GET /page/" + i + " HTTP/1.1\" \u001b[32m200\u001b[0m " + i * 517;
      decoder.feed(
          (text + "\n").getBytes(StandardCharsets.UTF_8),
          line -> rows.add(new TextRow(line, Optional.of(at[0]), error)));
      at[0] = at[0].plusMillis(1234);
    }
    decoder.feed(
        ("\u001b]0;owned\u0007\u001b[2J\u001b[Hhostile " + "long ".repeat(50) + "end\n")
            .getBytes(StandardCharsets.UTF_8),
        line -> rows.add(new TextRow(line, Optional.of(at[0]), false)));
    return new LogFeed.Batch(rows, List.of(), false, "");
  }

  static List<GuestProcess> processes() {
    return List.of(
        new GuestProcess(1, 0, 0, 'S', 1_234_567, 5 << 20, "nginx: master process nginx"),
        new GuestProcess(7, 1, 101, 'R', 61_500_000, 12 << 20, "nginx: worker process"),
        new GuestProcess(8, 1, 101, 'Z', 0, 0, "evil\u001b[2J\nprocess"));
  }

  static List<FileStat> files() {
    Instant time = Instant.parse("2026-02-03T04:05:00Z");
    return List.of(
        file("bin", FileStat.Kind.DIRECTORY, 0755, 0, time, Optional.empty()),
        file("tmp", FileStat.Kind.DIRECTORY, 01777, 0, time, Optional.empty()),
        file("init", FileStat.Kind.FILE, 04755, 123_456, time, Optional.empty()),
        file("notes.txt", FileStat.Kind.FILE, 0640, 42, time, Optional.empty()),
        file("link", FileStat.Kind.SYMBOLIC_LINK, 0777, 4, time, Optional.of("/etc/passwd")),
        file("\u001b[31mevil\n", FileStat.Kind.FIFO, 0600, 0, time, Optional.empty()));
  }

  private static FileStat file(
      String name, FileStat.Kind kind, int mode, long size, Instant time, Optional<String> target) {
    return new FileStat(name, kind, mode, 1000, 100, size, time, target, Optional.empty());
  }

  static FileRow.Changes changes() {
    return FileRow.Changes.of(
        List.of(
            new FileChange(FileChange.Kind.ADDED, "/notes.txt"),
            new FileChange(FileChange.Kind.MODIFIED, "/tmp"),
            new FileChange(FileChange.Kind.DELETED, "/gone")));
  }

  static BootTimeline timeline() {
    return new BootTimeline(
        "clone of template 2f0c9d1e44aa01b7",
        List.of(
            new Mark("image", Duration.ofMillis(3)),
            new Mark("rootfs", Duration.ofMillis(9)),
            new Mark("vmm", Duration.ofMillis(61)),
            new Mark("channel", Duration.ofMillis(74)),
            new Mark("disks", Duration.ofMillis(80)),
            new Mark("mounts", Duration.ofMillis(95)),
            new Mark("network", Duration.ofMillis(96)),
            new Mark("process", Duration.ofMillis(118)),
            new Mark("output", Duration.ofNanos(121_400_000))));
  }

  static final String JSON =
      """
      {"id": "c0ffee", "name": "web", "state": {"status": "running", "pid": 4001},
       "command": ["nginx", "-g", "daemon off;"], "labels": {}, "tty": false, "exit": null,
       "env": {"EVIL": "\\u001b[2J\\u202e", "PATH": "/usr/bin"}}
      """;
}
