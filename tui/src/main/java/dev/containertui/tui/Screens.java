package dev.containertui.tui;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.CommandLine;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.Overlay;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.console.Consoles;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.overlay.CommandPage;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.overlay.HelpPage;
import dev.containertui.tui.overlay.Palette;
import dev.containertui.tui.overlay.PaletteCommands;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.screen.consoles.ConsolesScreen;
import dev.containertui.tui.screen.containers.ContainersScreen;
import dev.containertui.tui.screen.images.ImagesScreen;
import dev.containertui.tui.screen.jshell.JShellScreen;
import dev.containertui.tui.screen.machines.MachinesScreen;
import dev.containertui.tui.screen.system.SystemScreen;
import dev.containertui.tui.terminal.JobControl;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TableState;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the workbench is put together from. */
public final class Screens {
  private Screens() {}

  /** The tables whose order is remembered. */
  static List<Slot<TableState>> tables() {
    return List.of(ContainersScreen.TABLE, ImagesScreen.LIST_TABLE, MachinesScreen.TABLE);
  }

  /**
   * @param overrides keys that the user gave to actions, by their names
   */
  public static Program program(Map<String, List<Chord>> overrides, CommandLine commands) {
    return program(
        program ->
            List.of(
                new ContainersScreen(),
                new ImagesScreen(),
                new MachinesScreen(ZoneId.systemDefault()),
                new ConsolesScreen(program),
                new JShellScreen(program),
                new SystemScreen(ZoneId.systemDefault())),
        overrides,
        commands);
  }

  /** The workbench with these screens only; each may ask for the program that it is part of. */
  static Program program(
      Function<Supplier<Program>, List<WorkScreen>> screens,
      Map<String, List<Chord>> overrides,
      CommandLine commands) {
    AtomicReference<Program> program = new AtomicReference<>();
    PaletteCommands palette =
        new PaletteCommands(
            commands, new TerminalCommands(commands), new OwnCommands(program::get).all());
    List<Overlay> overlays =
        List.of(
            new Confirm(),
            new InputLine(),
            new Palette(commands, palette),
            new TextPage(),
            new CommandPage());
    List<Action> globals =
        List.of(
            Palette.action(),
            HelpPage.action(program::get),
            Action.of(
                "message", Context.GLOBAL, "!", "all of the last message", "", Screens::message),
            Action.of(
                "redraw",
                Context.GLOBAL,
                "ctrl-l",
                "draw everything anew",
                "",
                s -> Step.to(s, new Effect("redraw", host -> host.repaint()))),
            Action.of(
                "suspend",
                Context.GLOBAL,
                "ctrl-z",
                "back to the shell; its fg command comes back here",
                "",
                s -> Step.to(s, new Effect("suspend", host -> host.suspend(JobControl::stop)))),
            Action.of("quit", Context.GLOBAL, "q ctrl-c", "quit", "quit", Screens::quit));
    program.set(new Program(screens.apply(program::get), overlays, globals, overrides));
    return program.get();
  }

  private static Step message(State state) {
    List<Notice> notices = state.get(Shell.SLOT).notices();
    List<String> lines =
        notices.isEmpty() ? List.of("No message yet.") : notices.getLast().details();
    return Step.to(TextPage.open(state, "Last message", lines));
  }

  /** Quitting ends no container, unless the engine ends with this program. */
  static Step quit(State state) {
    Facts facts = Facts.of(state);
    if (!facts.endsWithCaller() || facts.alive() == 0) {
      List<String> ending = Consoles.endingWithUs(state);
      return ending.isEmpty()
          ? Step.to(state.with(Shell.SLOT, Shell::quit))
          : Step.to(
              Confirm.ask(
                  state,
                  "Quit? What was started in consoles ends:",
                  ending,
                  s -> Step.to(s.with(Shell.SLOT, Shell::quit))));
    }
    int alive = facts.alive();
    return Step.to(
        Confirm.ask(
            state,
            "Quit?",
            List.of(
                alive == 1
                    ? "1 container runs; it is stopped."
                    : alive + " containers run; they are stopped."),
            s -> Step.to(s.with(Shell.SLOT, Shell::quit))));
  }
}
