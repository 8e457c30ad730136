package dev.containertui.tui.screen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Engine.Finding;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineInfo;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.oci.Platform;
import dev.containertui.template.Template;
import dev.containertui.tui.GoldenScreen;
import dev.containertui.tui.Samples;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.widget.InputLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemScreenTest {
  private static final Instant NOW = Samples.NOW;
  private static final long MIB = 1L << 20;

  private final Program program =
      new Program(
          List.of(new SystemScreen(ZoneOffset.UTC)),
          List.of(new Confirm(), new InputLine(), new TextPage()),
          List.of(),
          Map.of());
  private final StubEngine engine = stocked();
  private State state = at(120, 40);

  // --- the setting

  private static EngineEvent event(int second, String action, Map<String, String> attributes) {
    return new EngineEvent.ContainerChanged(
        NOW.minusSeconds(600 - second),
        action,
        "c0ffee001234".repeat(5) + "abcd",
        "web",
        attributes);
  }

  private static StubEngine stocked() {
    StubEngine engine = new StubEngine();
    engine.past.add(
        new EngineEvent.ImageChanged(
            NOW.minusSeconds(700), "pull", "docker.io/library/busybox:1.36"));
    Map<String, String> attributes =
        Map.of(
            "image",
            "docker.io/library/busybox:1.36",
            "maintainer",
            "somebody with a rather long name <somebody@example.com>",
            "description",
            "what is said about an image in a label can be rather long too");
    engine.past.add(event(0, "create", attributes));
    engine.past.add(event(1, "start", attributes));
    engine.past.add(event(59, "kill", Map.of("signal", "15")));
    engine.past.add(event(60, "die", Map.of("exitCode", "143")));
    engine.past.add(event(61, "destroy", Map.of()));
    engine.usage =
        Optional.of(
            new DiskUsage(
                180 * MIB,
                400 * MIB,
                90 * MIB,
                24 * MIB,
                List.of(
                    new ImageUse("sha256:" + "a".repeat(64), 120 * MIB, 80 * MIB, 2),
                    new ImageUse("sha256:" + "b".repeat(64), 100 * MIB, 60 * MIB, 0)),
                List.of(
                    new ContainerUse(Samples.some().get(0).id(), 5 * MIB, 2 * MIB),
                    new ContainerUse(Samples.some().get(3).id(), 3 * MIB, 0))));
    engine.templates =
        List.of(
            new Template(
                "2f0c9d1e44aa01b7",
                Path.of("/t"),
                "6.1.192-lean",
                "tcg",
                1,
                512 * MIB,
                Optional.empty(),
                NOW.minus(Duration.ofDays(3)),
                NOW.minus(Duration.ofHours(2)),
                90 * MIB));
    engine.kernels =
        List.of(
            new InstalledKernel(
                "lean-6.1.192", "6.1.192-lean", Path.of("/k"), Path.of("/m"), "built here", false),
            new InstalledKernel(
                "debian-6.1.0", "6.1.0-56-cloud", Path.of("/k"), Path.of("/m"), "apt", true));
    engine.findings =
        List.of(
            new Finding(Finding.Level.OK, "Java", "25 on 4 CPUs", ""),
            new Finding(
                Finding.Level.NOTE,
                "qemu",
                "7.2, tcg: no /dev/kvm, so that machines are emulated, which takes several times as"
                    + " long as it would with the processor's help",
                ""),
            new Finding(
                Finding.Level.PROBLEM,
                "disk",
                "0.4 GiB free for /home/x",
                "remove images that are not needed, or free some space"));
    engine.info =
        Optional.of(
            new EngineInfo(
                "5e1f",
                "0.9",
                4242,
                NOW.minus(Duration.ofHours(5)),
                Path.of("/home/x/.local/share/container-tui"),
                4,
                2,
                1,
                2,
                4,
                16384 * MIB,
                "6.12.1",
                "Debian 12",
                "qemu",
                "7.2",
                "tcg"));
    return engine;
  }

  private static ImageSummary image(String digit, String reference) {
    return new ImageSummary(
        "sha256:" + digit.repeat(64),
        "sha256:" + digit.repeat(64),
        List.of(reference),
        new Platform("linux", "amd64", Optional.empty()),
        MIB,
        Optional.empty());
  }

  private State at(int columns, int rows) {
    return Samples.state(program, columns, rows, 3, Samples.some())
        .with(
            Facts.SLOT,
            f ->
                f.withImages(
                    List.of(
                        image("a", "docker.io/library/busybox:1.36"),
                        image("b", "registry.example.com/team/service:2026-11"))))
        .put(EventsTab.PAST, Answer.none());
  }

  /** Effects run at once, here, and what they post is applied. */
  private final class Immediately implements Host {
    private final Deque<Change> posted = new ArrayDeque<>();

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public void post(String what, Change change) {
      posted.add(change);
    }

    @Override
    public void touch() {}

    @Override
    public void clipboard(String text) {}

    @Override
    public void mouse(boolean ours) {}

    @Override
    public void repaint() {}

    @Override
    public void suspend(Runnable work) {}
  }

  private final List<String> effects = new ArrayList<>();

  private void take(Step step) {
    state = step.state();
    for (Effect effect : step.effects()) {
      effects.add(effect.name());
      Immediately host = new Immediately();
      try {
        effect.work().run(host);
      } catch (Exception e) {
        host.posted.add(s -> Step.to(Shell.failed(s, e)));
      }
      host.posted.forEach(c -> take(program.update(state, new Event.Arrived("result", c))));
    }
  }

  private void type(String keys) {
    for (int c : keys.codePoints().toArray()) {
      Key key = c == '\n' ? Key.of(Key.Kind.ENTER) : Key.character(c);
      take(program.update(state, new Event.Pressed(key)));
    }
  }

  private String picture() {
    Shell shell = state.get(Shell.SLOT);
    return program.render(state, shell.columns(), shell.rows()).text();
  }

  // --- what it looks like

  @ParameterizedTest
  @CsvSource({"80,24", "120,40", "60,15", "200,60"})
  void looksAsItDid(int columns, int rows) {
    state = at(columns, rows);
    type("e");
    GoldenScreen.check("system-events", program.render(state, columns, rows));
    type("w");
    GoldenScreen.check("system-events-wrapped", program.render(state, columns, rows));
    type("d");
    GoldenScreen.check("system-disk", program.render(state, columns, rows));
    type("p");
    GoldenScreen.check("system-disk-prune", program.render(state, columns, rows));
    type("n");
    type("o");
    GoldenScreen.check("system-health", program.render(state, columns, rows));
    type("m");
    GoldenScreen.check("system-messages-none", program.render(state, columns, rows));
    state =
        Shell.failed(
            Shell.success(
                Shell.did(state, "container-tui stop web", "container(\"web\").stop()"),
                "stopped web",
                ""),
            new EngineException(Kind.NOT_FOUND, "there is no image x", "pull it first"));
    state = state.with(Shell.SLOT, Shell::withoutNotice);
    GoldenScreen.check("system-messages", program.render(state, columns, rows));
  }

  // --- events

  @Test
  void pastEventsAreAskedForOnceAndTheAskingEnds() {
    type("e");
    assertEquals(List.of("read past events"), effects);
    assertEquals(List.of("unsubscribed"), engine.done);
    assertTrue(picture().contains("Events 6  following"), picture());
    type("jkw");
    assertEquals(List.of("read past events"), effects);
  }

  @Test
  void whatIsPastAndLiveIsListedOnce() {
    type("e");
    EngineEvent late = event(500, "start", Map.of());
    state = state.with(Facts.SLOT, f -> f.withEvent(engine.past.getLast()).withEvent(late));
    assertTrue(picture().contains("Events 7  following"), picture());
  }

  @Test
  void aViewThatStandsStillStaysWhereItIs() {
    type("ek");
    String before = picture();
    assertTrue(before.contains("standing still"), before);
    assertFalse(before.contains("destroy"), before);
    state = state.with(Facts.SLOT, f -> f.withEvent(event(500, "pause", Map.of())));
    assertFalse(picture().contains("pause"), picture());
    type("G");
    assertTrue(picture().contains("pause"), picture());
    assertTrue(picture().contains("following"), picture());
  }

  @Test
  void aFilterLooksAtEveryColumn() {
    type("e/exitCode=143\n");
    assertTrue(picture().contains("Events 1  /exitCode=143"), picture());
    assertTrue(picture().contains("die"), picture());
    type("/no such thing\n");
    assertTrue(picture().contains("No event matches"), picture());
  }

  @Test
  void anEngineThatTellsNoPastSaysWhy() {
    engine.past.clear();
    type("e");
    assertTrue(picture().contains("Nothing has happened since"), picture());
  }

  // --- the disk

  @Test
  void theDiskIsCountedWhenItIsLookedAtAndAfterEvents() {
    type("m");
    assertFalse(effects.contains("count the disk's use"), effects::toString);
    type("d");
    assertEquals(1, effects.stream().filter("count the disk's use"::equals).count());
    type("jk");
    assertEquals(1, effects.stream().filter("count the disk's use"::equals).count());
    state = state.with(Facts.SLOT, f -> f.withEvent(event(500, "create", Map.of())));
    type("j");
    assertEquals(2, effects.stream().filter("count the disk's use"::equals).count());
  }

  @Test
  void aDiskThatCannotBeCountedIsNotAskedOverAndOver() {
    engine.usage = Optional.empty();
    type("djk");
    assertTrue(picture().contains("the disk is away"), picture());
    assertEquals(1, effects.stream().filter("count the disk's use"::equals).count());
    type("r");
    assertEquals(2, effects.stream().filter("count the disk's use"::equals).count());
  }

  @Test
  void aCleanUpSaysWhatGoesAndHowMuch() {
    type("dp");
    String asked = picture();
    assertTrue(asked.contains("Remove what is unused (2), 63.0 MiB?"), asked);
    assertTrue(asked.contains("container batch  3.0 MiB"), asked);
    assertTrue(asked.contains("service:2026-11  60.0 MiB"), asked);
    assertEquals(List.of(), engine.done.stream().filter(d -> !d.equals("unsubscribed")).toList());
    type("y");
    assertEquals(
        List.of("containers", "images true"),
        engine.done.stream().filter(d -> !d.equals("unsubscribed")).toList());
    assertTrue(picture().contains("removed what is unused, 1.0 KiB freed"), picture());
    assertEquals(
        "container-tui system prune -af",
        state.get(Shell.SLOT).lastCommand().orElseThrow().commandLine());
  }

  @Test
  void aCleanUpThatIsDeclinedRemovesNothing() {
    type("dinctnt");
    assertEquals(List.of(), engine.done.stream().filter(d -> !d.equals("unsubscribed")).toList());
  }

  @Test
  void whereNothingIsUnusedNothingIsAsked() {
    state = state.with(Facts.SLOT, f -> f.withContainers(Samples.some().subList(0, 3), NOW));
    type("dc");
    assertTrue(picture().contains("No container has ended."), picture());
  }

  @Test
  void templatesGoTooIfTheUserWants() {
    type("dty");
    assertTrue(engine.done.contains("templates true"), engine.done::toString);
    assertTrue(picture().contains("removed templates, 90.0 MiB freed"), picture());
  }

  // --- health

  @Test
  void whatOnePartCannotTellDoesNotHideTheOthers() {
    engine.info = Optional.empty();
    type("o");
    assertTrue(picture().contains("the engine: it has no name"), picture());
    assertTrue(picture().contains("PROBLEM disk"), picture());
    assertTrue(picture().contains("lean-6.1.192"), picture());
    assertTrue(picture().contains("problems: 1"), picture());
  }

  @Test
  void theHostIsExaminedOnceAndWhenAsked() {
    type("ojkjk");
    assertEquals(1, effects.stream().filter("examine the host"::equals).count());
    type("r");
    assertEquals(2, effects.stream().filter("examine the host"::equals).count());
  }

  // --- messages

  @Test
  void aMessageOpensWhole() {
    state = Shell.failed(state, new EngineException(Kind.NOT_FOUND, "there is no image x", "pull"));
    type("m\n");
    assertTrue(picture().contains("Message 1"), picture());
    assertTrue(picture().contains("there is no image x"), picture());
  }

  @Test
  void tabsGoRound() {
    type("elll");
    assertTrue(picture().contains("No messages yet."), picture());
    type("l");
    assertTrue(picture().contains("Events 6"), picture());
    type("h");
    assertTrue(picture().contains("No messages yet."), picture());
  }

  @Test
  void noTwoActionsWantTheSameKey() {
    assertEquals(List.of(), program.keys().clashes());
  }
}
