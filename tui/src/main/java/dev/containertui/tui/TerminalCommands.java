package dev.containertui.tui;

import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.CommandLine;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.console.ConsoleRequests;
import dev.containertui.tui.overlay.PaletteCommands;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that need a terminal: {@code run}, {@code exec} and {@code attach} get a console; others
 * get the whole terminal, and the workbench takes it back when they have ended.
 */
final class TerminalCommands implements PaletteCommands.Interactive {
  /** Options of {@code run} that {@code create} has no use for, since it does not attach. */
  private static final Set<String> OF_RUN = Set.of("--sig-proxy=false", "--sig-proxy=true");

  private final CommandLine commands;

  TerminalCommands(CommandLine commands) {
    this.commands = commands;
  }

  @Override
  public Optional<Change> take(List<String> words) {
    int skip = words.getFirst().equals("container") && words.size() > 1 ? 1 : 0;
    List<String> command = words.subList(skip, words.size());
    List<String> arguments = command.subList(1, command.size());
    return Optional.ofNullable(
        switch (command.getFirst()) {
          case "run" -> detaches(arguments) ? null : run(arguments);
          case "exec" -> asksForTerminal(arguments) ? exec(arguments) : null;
          case "attach" -> arguments.size() == 1 ? attach(arguments.getFirst()) : null;
          case "repl", "demo", "login" -> handOver(words);
          default -> null;
        });
  }

  private static boolean detaches(List<String> arguments) {
    return arguments.stream()
        .takeWhile(a -> a.startsWith("-"))
        .anyMatch(a -> a.matches("-[a-z]*d[a-z]*|--detach|--help|-h"));
  }

  /** Whether there is an option {@code -i} or {@code -t} before the container's name. */
  static boolean asksForTerminal(List<String> arguments) {
    return arguments.stream()
        .takeWhile(a -> a.startsWith("-"))
        .anyMatch(a -> a.matches("-[itd]*[it][itd]*|--interactive|--tty"));
  }

  /** Creates the container, joins its streams in a console, and starts it there. */
  private Change run(List<String> arguments) {
    List<String> create = new ArrayList<>(List.of("create"));
    arguments.stream().filter(a -> !OF_RUN.contains(a)).forEach(create::add);
    String line = "run " + String.join(" ", arguments);
    return state ->
        Step.to(
            Shell.note(state, "creating the container …", ""),
            new Effect(
                line,
                host -> {
                  String id = output(host, create).strip().lines().reduce("", (_, l) -> l);
                  host.post(
                      "created",
                      s ->
                          ConsoleRequests.run(id)
                              .apply(
                                  Shell.did(
                                      s.with(Shell.SLOT, Shell::withoutNotice),
                                      "container-tui " + line,
                                      "c(\""
                                          + id.substring(0, Math.min(12, id.length()))
                                          + "\")")));
                }));
  }

  private String output(Host host, List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = commands.run(host.engine(), words, out);
    String text = out.toString(StandardCharsets.UTF_8);
    if (code != 0) {
      List<String> lines = text.strip().lines().toList();
      throw new EngineException(
          Kind.INVALID,
          lines.isEmpty() ? "exit code " + code : prefixless(lines.getFirst()),
          lines.size() < 2 ? "" : prefixless(lines.get(1)));
    }
    return text;
  }

  private static String prefixless(String line) {
    return line.replaceFirst("^(container-tui|hint): ", "");
  }

  private static Change exec(List<String> arguments) {
    List<String> rest = arguments.stream().dropWhile(a -> a.startsWith("-")).toList();
    if (rest.size() < 2) {
      return s -> Step.to(Shell.note(s, "usage: exec -it CONTAINER COMMAND …", ""));
    }
    return onContainer(
        rest.getFirst(), id -> ConsoleRequests.exec(id, rest.subList(1, rest.size())));
  }

  private static Change attach(String name) {
    return onContainer(name, ConsoleRequests::attach);
  }

  private static Change onContainer(
      String name, java.util.function.Function<String, Change> request) {
    return state ->
        Step.to(
            state,
            new Effect(
                "find " + name,
                host -> {
                  Engine engine = host.engine();
                  String id =
                      engine
                          .containers()
                          .find(name)
                          .orElseThrow(
                              () ->
                                  new EngineException(Kind.NOT_FOUND, "no such container: " + name))
                          .id();
                  host.post("found", request.apply(id));
                }));
  }

  private Change handOver(List<String> words) {
    return state ->
        Step.to(
            state,
            new Effect(
                String.join(" ", words),
                host -> host.suspend(() -> commands.runOnTerminal(host.engine(), words))));
  }
}
