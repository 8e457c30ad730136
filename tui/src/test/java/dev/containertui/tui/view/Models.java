package dev.containertui.tui.view;

import dev.containertui.container.ContainerState;
import dev.containertui.tui.vt.Emulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Models to draw in tests. */
final class Models {
  private static final Instant THEN = Instant.EPOCH;

  private Models() {}

  static ContainerRow container(String name, String image, ContainerState state) {
    boolean runs = state instanceof ContainerState.Running;
    return new ContainerRow(
        "%064x".formatted(name.hashCode() & 0xffffffffL),
        name,
        image,
        state,
        runs ? Optional.of(Duration.ofSeconds(7512)) : Optional.empty(),
        runs ? OptionalDouble.of(12.44) : OptionalDouble.empty(),
        runs ? OptionalLong.of(123_456_789) : OptionalLong.empty(),
        runs ? List.of(40L, 60L, 80L, 100L, 90L, 70L, 123L) : List.of(),
        runs ? OptionalLong.of(17) : OptionalLong.empty(),
        runs ? "10.0.2.15" : "");
  }

  static List<ContainerRow> containers() {
    return List.of(
        container("web", "docker.io/library/nginx:1.27", new ContainerState.Running(THEN, 1)),
        container("booting", "busybox", new ContainerState.Starting(THEN)),
        container("job", "registry.example.com/team/batch:7", new ContainerState.Exited(THEN, 0)),
        container(
            "crashed-with-a-long-name-indeed", "busybox", new ContainerState.Exited(THEN, 137)),
        container("broken", "busybox", new ContainerState.Failed(THEN, "no kernel")),
        container("fresh", "busybox", new ContainerState.Created(THEN)),
        container("leaving", "日本語イメージ", new ContainerState.Stopping(THEN)));
  }

  static List<ImageRow> images() {
    return List.of(
        new ImageRow(
            "sha256:" + "0123456789abcdef".repeat(4),
            "docker.io/library/busybox:1.36",
            "linux/amd64",
            2_219_184,
            Optional.of(Duration.ofDays(400))),
        new ImageRow(
            "sha256:" + "fedcba9876543210".repeat(4),
            "<none>",
            "linux/arm64/v8",
            987_654_321,
            Optional.empty()));
  }

  static <R> TableModel<R> table(List<R> rows, int selected) {
    return new TableModel<>(rows, selected, rows.size(), "", List.of("Nothing.", "Press p."));
  }

  static Model model() {
    return new Model(
        "0.1",
        "tcg",
        2,
        Pane.CONTAINERS,
        table(containers(), 3),
        table(images(), 0),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Model with(Model m, Pane pane) {
    return new Model(
        m.version(),
        m.engine(),
        m.running(),
        pane,
        m.containers(),
        m.images(),
        m.console(),
        m.pulls(),
        m.dialog(),
        m.input(),
        m.notice());
  }

  static Model with(Model m, ConsoleModel console) {
    return new Model(
        m.version(),
        m.engine(),
        m.running(),
        Pane.CONSOLE,
        m.containers(),
        m.images(),
        Optional.of(console),
        m.pulls(),
        m.dialog(),
        m.input(),
        m.notice());
  }

  static Model with(Model m, List<PullRow> pulls) {
    return new Model(
        m.version(),
        m.engine(),
        m.running(),
        m.pane(),
        m.containers(),
        m.images(),
        m.console(),
        pulls,
        m.dialog(),
        m.input(),
        m.notice());
  }

  static Model with(Model m, Dialog dialog) {
    return new Model(
        m.version(),
        m.engine(),
        m.running(),
        m.pane(),
        m.containers(),
        m.images(),
        m.console(),
        m.pulls(),
        Optional.of(dialog),
        m.input(),
        m.notice());
  }

  static Model with(Model m, InputLine input) {
    return new Model(
        m.version(),
        m.engine(),
        m.running(),
        m.pane(),
        m.containers(),
        m.images(),
        m.console(),
        m.pulls(),
        m.dialog(),
        Optional.of(input),
        m.notice());
  }

  static Model with(Model m, Notice notice) {
    return new Model(
        m.version(),
        m.engine(),
        m.running(),
        m.pane(),
        m.containers(),
        m.images(),
        m.console(),
        m.pulls(),
        m.dialog(),
        m.input(),
        Optional.of(notice));
  }

  static Model empty() {
    Model m = model();
    TableModel<ContainerRow> none =
        new TableModel<>(List.of(), 0, 0, "", List.of("No containers yet.", ":run -it busybox"));
    return new Model(
        m.version(),
        m.engine(),
        0,
        m.pane(),
        none,
        m.images(),
        m.console(),
        m.pulls(),
        m.dialog(),
        m.input(),
        m.notice());
  }

  static ConsoleModel console(int columns, int rows, boolean attached, int back) {
    Emulator emulator = new Emulator(columns, rows, 100, reply -> {});
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      text.append("line ").append(i).append("\r\n");
    }
    text.append("/ # echo 漢字 \u001b[1;31mred\u001b[0m\r\n漢字 red\r\n/ # ");
    emulator.feed(text.toString().getBytes(StandardCharsets.UTF_8));
    return new ConsoleModel("/bin/sh in web", emulator.view(back), attached, true, "", 1, 2);
  }

  static List<PullRow> pulls() {
    List<PullRow.Layer> layers = new ArrayList<>();
    layers.add(new PullRow.Layer("a1b2c3d4e5f6", 2_000_000, 2_000_000, "done"));
    layers.add(new PullRow.Layer("0123456789ab", 3_500_000, 10_000_000, "downloading"));
    layers.add(new PullRow.Layer("ba9876543210", 0, 55_000_000, "waiting"));
    return List.of(
        new PullRow("docker.io/library/alpine:3.20", "downloading", layers),
        new PullRow("busybox", "resolving", List.of()));
  }
}
