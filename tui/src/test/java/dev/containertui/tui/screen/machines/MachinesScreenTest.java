package dev.containertui.tui.screen.machines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.GoldenScreen;
import dev.containertui.tui.Samples;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.History.Range;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.vt.Key;
import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachinesScreenTest {

  private final Program program =
      new Program(
          List.of(new MachinesScreen(ZoneOffset.UTC)),
          List.of(new TextPage()),
          List.of(),
          Map.of());

  private State state(int columns, int rows, List<ContainerFacts> containers) {
    return Samples.state(program, columns, rows, 90, containers);
  }

  private Step press(State state, Key key) {
    return program.update(state, new Event.Pressed(key));
  }

  private State type(State state, String keys) {
    State now = state;
    for (int c : keys.codePoints().toArray()) {
      now = press(now, c == '\n' ? Key.of(Key.Kind.ENTER) : Key.character(c)).state();
    }
    return now;
  }

  private String picture(State state) {
    Shell shell = state.get(Shell.SLOT);
    return program.render(state, shell.columns(), shell.rows()).text();
  }

  @ParameterizedTest
  @CsvSource(delimiterString = ",", textBlock = "80,24\n120,40\n60,15\n200,60")
  void looksAsItDid(int columns, int rows) {
    State some = state(columns, rows, Samples.some());
    GoldenScreen.check("machines", program.render(some, columns, rows));
    GoldenScreen.check("machines-detail", program.render(type(some, "\n"), columns, rows));
    GoldenScreen.check("machines-host", program.render(type(some, "h"), columns, rows));
    GoldenScreen.check("machines-host-whole", program.render(type(some, "h\n"), columns, rows));
    GoldenScreen.check(
        "machines-none", program.render(state(columns, rows, List.of()), columns, rows));
  }

  @Test
  void anAsciiTerminalGetsAsciiCharts() {
    State ascii = state(120, 40, Samples.some()).put(Glyphs.SLOT, Glyphs.ASCII);
    GoldenScreen.check("machines-ascii", program.render(ascii, 120, 40));
  }

  @Test
  void onlyWhatHasAMachineIsListed() {
    String picture = picture(state(120, 40, Samples.some()));
    assertTrue(picture.contains("Machines 3 "), picture);
    assertTrue(picture.contains("worker"), picture);
    assertFalse(picture.contains("batch"), picture);
  }

  @Test
  void sortsByWhatIsHeld() {
    State state = state(200, 60, Samples.many(60));
    while (!state.get(MachinesScreen.TABLE).sort().equals("RESIDENT")) {
      state = type(state, ">");
    }
    String ascending = picture(state);
    String descending = picture(type(state, "R"));
    assertTrue(ascending.contains("container-1 "), ascending);
    assertFalse(descending.contains("container-1 "), descending);
    assertTrue(descending.contains("container-60"), descending);
  }

  @Test
  void theRangeGoesFromAMinuteToAnHourAndNoFurther() {
    State state = state(120, 40, Samples.some());
    assertEquals(Range.TEN_MINUTES, type(state, "+").get(MachinesScreen.VIEW).range());
    assertEquals(Range.HOUR, type(state, "+++").get(MachinesScreen.VIEW).range());
    assertEquals(Range.MINUTE, type(state, "+++---").get(MachinesScreen.VIEW).range());
    assertTrue(picture(type(state, "++")).contains("[1h]"), picture(type(state, "++")));
  }

  @Test
  void theChartsAreOfTheSelectedMachine() {
    String picture = picture(type(state(120, 40, Samples.some()), "j"));
    assertTrue(picture.contains("database  [1m]"), picture);
    assertTrue(picture.contains("pid 4002, qemu · tcg, 2 vCPUs"), picture);
    assertTrue(picture.contains("given back (balloon)"), picture);
  }

  @Test
  void aMachineThatEndsTakesItsRowAndTheSelectionWithIt() {
    State state = type(state(120, 40, Samples.some()), "jj");
    State fewer =
        state.with(
            Facts.SLOT,
            f -> f.withContainers(Samples.some().subList(0, 1), Samples.NOW).withNow(Samples.NOW));
    assertTrue(picture(fewer).contains("web  [1m]"), picture(fewer));
  }

  @Test
  void inspectingIsSaidAsACommandToo() {
    Step step = press(state(120, 40, Samples.some()), Key.character('i'));
    assertEquals(List.of("inspect web"), step.effects().stream().map(e -> e.name()).toList());
    assertEquals(
        "container-tui inspect web",
        step.state().get(Shell.SLOT).lastCommand().orElseThrow().commandLine());
  }

  @Test
  void withoutAMachineThereIsNothingToInspect() {
    Step step = press(state(120, 40, List.of()), Key.character('i'));
    assertEquals(List.of(), step.effects());
    assertTrue(picture(step.state()).contains("no machine is selected"));
  }

  @Test
  void aStartIsDrawnStepByStep() {
    assertEquals(
        """
        clone of template 2f0c

        step             took    done at
        vmm           50.0 ms    50.0 ms  ██████████
        channel      100.0 ms   150.0 ms            ████████████████████
        process       50.0 ms   200.0 ms                                ██████████
        """
            .stripTrailing(),
        String.join(
            "\n",
            BootPage.lines(
                new BootTimeline(
                    "clone of template 2f0c",
                    List.of(
                        new Mark("vmm", Duration.ofMillis(50)),
                        new Mark("channel", Duration.ofMillis(150)),
                        new Mark("process", Duration.ofMillis(200)))))));
  }
}
