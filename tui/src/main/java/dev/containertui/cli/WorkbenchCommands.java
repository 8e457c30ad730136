package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.tui.app.CommandLine;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line for the workbench, which has an engine already. */
final class WorkbenchCommands implements CommandLine {
  private final CliContext context;

  WorkbenchCommands(CliContext context) {
    this.context = context;
  }

  @Override
  public int run(Engine engine, List<String> words, OutputStream out) {
    Map<String, String> environment = new HashMap<>(context.environment());
    environment.put("NO_COLOR", "1");
    Stdio io =
        new Stdio(
            InputStream.nullInputStream(),
            out,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    HostSignals none = (_, _) -> () -> {};
    return new Cli(
            new CliContext(io, environment, () -> StayingEngine.of(engine), none, context.clock()))
        .run(words.toArray(String[]::new));
  }

  @Override
  public int runOnTerminal(Engine engine, List<String> words) {
    return new Cli(
            new CliContext(
                Stdio.ofProcess(),
                context.environment(),
                () -> StayingEngine.of(engine),
                context.signals(),
                context.clock()))
        .run(words.toArray(String[]::new));
  }

  @Override
  public List<Candidate> complete(
      List<String> words, List<String> containers, List<String> images) {
    String[] before = words.subList(0, words.size() - 1).toArray(String[]::new);
    picocli.CommandLine line = new Cli(context).commandLine(before);
    int at = 0;
    while (at < before.length && line.getSubcommands().containsKey(before[at])) {
      line = line.getSubcommands().get(before[at++]);
    }
    String last = words.getLast();
    List<Candidate> found = new ArrayList<>();
    CommandSpec spec = line.getCommandSpec();
    if (last.startsWith("-")) {
      options(spec, last, found);
    } else if (at == before.length && !line.getSubcommands().isEmpty()) {
      line.getSubcommands()
          .forEach((word, sub) -> add(found, word, description(sub.getCommandSpec()), last));
    } else {
      names(spec, containers, images, last, found);
    }
    return found;
  }

  private static void options(CommandSpec spec, String start, List<Candidate> found) {
    for (OptionSpec option : spec.options()) {
      String longest = option.longestName();
      if (!option.hidden()) {
        String text = option.description().length == 0 ? "" : option.description()[0];
        add(found, longest, text, start);
      }
    }
  }

  private static void names(
      CommandSpec spec,
      List<String> containers,
      List<String> images,
      String start,
      List<Candidate> found) {
    if (spec.positionalParameters().isEmpty()) {
      return;
    }
    String label = spec.positionalParameters().getFirst().paramLabel();
    if (label.equals("CONTAINER") || label.equals("NAME")) {
      containers.forEach(name -> add(found, name, "container", start));
    }
    if (label.equals("SOURCE")) {
      containers.forEach(name -> add(found, name + ":", "container", start));
    }
    if (label.equals("IMAGE") || label.equals("NAME")) {
      images.forEach(name -> add(found, name, "image", start));
    }
  }

  private static void add(List<Candidate> found, String word, String description, String start) {
    if (word.startsWith(start)) {
      found.add(new Candidate(word, description));
    }
  }

  private static String description(CommandSpec spec) {
    String[] text = spec.usageMessage().description();
    return text.length == 0 ? "" : text[0];
  }
}
