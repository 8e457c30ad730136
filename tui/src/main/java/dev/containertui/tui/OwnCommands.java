package dev.containertui.tui;

import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.export.HostFile;
import dev.containertui.tui.export.ScreenExport;
import dev.containertui.tui.overlay.HelpPage;
import dev.containertui.tui.overlay.PaletteCommands.Own;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.theme.Themes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The commands of the palette that are the workbench's own. */
final class OwnCommands {
  private final Supplier<Program> program;

  OwnCommands(Supplier<Program> program) {
    this.program = program;
  }

  List<Own> all() {
    return List.of(
        new Own("quit", "leave the workbench", List.of(), (s, _) -> Screens.quit(s)),
        new Own("q", "leave the workbench", List.of(), (s, _) -> Screens.quit(s)),
        new Own("keys", "what the keys do here", List.of(), (s, _) -> HelpPage.open(program, s)),
        new Own(
            "go",
            "to a screen",
            Arrays.stream(ScreenId.values()).map(OwnCommands::word).toList(),
            this::go),
        new Own("theme", "choose how everything looks", Themes.names(), OwnCommands::theme),
        new Own("mouse", "whether the mouse is ours", List.of("on", "off"), OwnCommands::mouse),
        new Own(
            "export", "write the screen to a file: .txt, .html or .svg", List.of(), this::export));
  }

  private static String word(ScreenId id) {
    return id.name().toLowerCase(Locale.ROOT);
  }

  private Step go(State state, List<String> arguments) {
    List<String> names = Arrays.stream(ScreenId.values()).map(OwnCommands::word).toList();
    return arguments.size() == 1 && names.contains(arguments.getFirst())
        ? program.get().go(state, ScreenId.values()[names.indexOf(arguments.getFirst())])
        : choose(state, "screen", names, arguments);
  }

  private static Step theme(State state, List<String> arguments) {
    return (arguments.size() == 1 ? Themes.named(arguments.getFirst()) : Optional.<Theme>empty())
        .map(theme -> Step.to(state.put(Theme.SLOT, theme)))
        .orElseGet(() -> choose(state, "theme", Themes.names(), arguments));
  }

  private static Step mouse(State state, List<String> arguments) {
    if (arguments.size() != 1 || !List.of("on", "off").contains(arguments.getFirst())) {
      return usage(state, "mouse on|off");
    }
    boolean on = arguments.getFirst().equals("on");
    return Step.to(
        Shell.note(
            state,
            on ? "the mouse is the workbench's" : "the mouse is the terminal's",
            on ? "" : "text can be selected with it; :mouse on gives it back"),
        new Effect("mouse", host -> host.mouse(on)));
  }

  /** What is on the screen when the palette has closed. */
  private Step export(State state, List<String> arguments) {
    if (arguments.size() != 1 || !ScreenExport.knows(arguments.getFirst())) {
      return usage(state, "export FILE.txt|FILE.html|FILE.svg");
    }
    Shell shell = state.get(Shell.SLOT);
    Frame frame = program.get().render(state, shell.columns(), shell.rows());
    String name = arguments.getFirst();
    return Step.to(
        state,
        new Effect(
            "export to " + name,
            host -> {
              Path file = HostFile.create(name, ScreenExport.of(frame, name));
              host.post("exported", s -> Step.to(Shell.success(s, "wrote " + file, "")));
            }));
  }

  /** Says which word was wrong, and which there are. */
  private static Step choose(State state, String what, List<String> names, List<String> arguments) {
    String problem =
        arguments.size() == 1 ? "no " + what + " \"" + arguments.getFirst() + "\"" : "one " + what;
    return Step.to(Shell.note(state, problem, String.join(", ", names)));
  }

  private static Step usage(State state, String usage) {
    return Step.to(Shell.note(state, "usage: " + usage, ""));
  }
}
