package dev.containertui.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command, in the macros of man(7), from the same model as its {@code --help}.
 */
final class ManualPage {
  private static final String EXAMPLE = "example:";
  private static final String EXAMPLES = "examples:";

  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManualPage(CommandSpec command) {
    this.command = command;
  }

  /** The page's name: the words of the command, with hyphens. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /** What {@code man} formats, in section 1. */
  static String of(CommandSpec command) {
    ManualPage page = new ManualPage(command);
    page.write();
    return page.page.toString();
  }

  /** A page that stands for another one. */
  static String alias(String name) {
    return ".so man1/" + name + ".1\n";
  }

  private void write() {
    boolean isRoot = command.parent() == null;
    Footer footer = Footer.of(command.usageMessage().footer());
    page.append(
        ".TH %s 1 \"\" \"container-tui %s\" \"container-tui\"%n"
            .formatted(Roff.text(name(command).toUpperCase(Locale.ROOT)), Version.NUMBER));
    section("NAME");
    String description = String.join(" ", command.usageMessage().description());
    line(Roff.text(name(command)) + " \\- " + Roff.text(description.replaceFirst("\\.$", "")));
    section("SYNOPSIS");
    synopsis(isRoot);
    section("DESCRIPTION");
    line(Roff.text(description));
    for (String paragraph : footer.paragraphs()) {
      page.append(".PP\n");
      paragraph(paragraph);
    }
    arguments();
    options(isRoot);
    if (isRoot) {
      groups();
    } else if (!command.subcommands().isEmpty()) {
      section("COMMANDS");
      commands(command.subcommands().values());
    }
    if (isRoot) {
      page.append(ManualSections.AFTER_COMMANDS);
    }
    examples(footer.examples());
    seeAlso();
  }

  private void section(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void line(String roff) {
    page.append(roff).append('\n');
  }

  private void tagged(String tag, String text) {
    page.append(".TP\n").append(tag).append('\n');
    line(Roff.text(text));
  }

  private void synopsis(boolean isRoot) {
    line(Roff.bold(command.qualifiedName(" ")));
    List<String> parts = new ArrayList<>();
    parts.add("[" + Roff.italic("OPTION") + "]...");
    if (!command.subcommands().isEmpty()) {
      String word = Roff.italic("COMMAND") + " [" + Roff.italic("ARGUMENT") + "]...";
      parts.add(isRoot || !isRunnable() ? word : "[" + word + "]");
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      String label = Roff.italic(parameter.paramLabel());
      String many = parameter.arity().max() > 1 || parameter.index().max() > 1_000 ? "..." : "";
      parts.add(parameter.arity().min() == 0 ? "[" + label + many + "]" : label + many);
    }
    line(String.join(" ", parts));
    if (isRoot) {
      page.append(".PP\n");
      line(Roff.bold(command.name()));
    }
  }

  /** A group of commands does nothing itself. */
  private boolean isRunnable() {
    return !(command.userObject() instanceof GroupCommand);
  }

  private void arguments() {
    if (command.positionalParameters().isEmpty()) {
      return;
    }
    section("ARGUMENTS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      tagged(
          Roff.italic(parameter.paramLabel()),
          String.join(" ", parameter.description()).replace("%n", " "));
    }
  }

  private void options(boolean isRoot) {
    section("OPTIONS");
    for (OptionSpec option : command.options()) {
      // Those of the root hold for every command, and are told once.
      if (option.hidden() || (option.inherited() && !isRoot)) {
        continue;
      }
      String value = "";
      if (option.arity().max() > 0) {
        value = Roff.italic(option.paramLabel());
        value = option.arity().min() == 0 ? "[=" + value + "]" : " " + value;
      }
      List<String> names = new ArrayList<>();
      for (String name : option.names()) {
        names.add(Roff.bold(name));
      }
      tagged(
          String.join(", ", names) + value,
          String.join(" ", option.description()).replace("%n", " "));
    }
    if (!isRoot) {
      page.append(".PP\nThe options of\n.BR container\\-tui (1)\nhold as well.\n");
    }
  }

  private void groups() {
    section("COMMANDS");
    for (Commands.Group group : Commands.Group.values()) {
      page.append(".SS ").append(Roff.text(group.title())).append('\n');
      List<CommandLine> lines = new ArrayList<>();
      for (Commands word : Commands.values()) {
        if (word.group() == group) {
          lines.add(command.subcommands().get(word.word()));
        }
      }
      commands(lines);
    }
  }

  private void commands(Collection<CommandLine> lines) {
    for (CommandLine line : lines) {
      CommandSpec spec = line.getCommandSpec();
      page.append(".TP\n.BR ").append(Roff.text(name(spec))).append(" (1)\n");
      line(Roff.text(String.join(" ", spec.usageMessage().description())));
    }
  }

  /** Lines after the first one are a table, and stay as they are. */
  private void paragraph(String paragraph) {
    List<String> lines = paragraph.lines().toList();
    line(Roff.text(lines.getFirst()));
    if (lines.size() > 1) {
      asTheyAre(lines.subList(1, lines.size()));
    }
  }

  private void examples(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    section("EXAMPLES");
    asTheyAre(lines);
  }

  private void asTheyAre(List<String> lines) {
    page.append(".EX\n");
    lines.forEach(text -> line(Roff.text(text)));
    page.append(".EE\n");
  }

  private void seeAlso() {
    section("SEE ALSO");
    List<String> pages = new ArrayList<>();
    for (CommandSpec above = command.parent(); above != null; above = above.parent()) {
      pages.add(".BR " + Roff.text(name(above)) + " (1)");
    }
    if (pages.isEmpty()) {
      pages.add(".BR qemu (1)");
    }
    line(String.join("\n", pages));
  }

  /**
   * What a command's help says below its options.
   *
   * @param paragraphs its text; an indented line is one of its own
   * @param examples the lines after "examples:"
   */
  private record Footer(List<String> paragraphs, List<String> examples) {
    static Footer of(String... lines) {
      List<String> paragraphs = new ArrayList<>();
      List<String> examples = new ArrayList<>();
      StringBuilder paragraph = new StringBuilder();
      boolean inExamples = false;
      for (String line :
          String.join("\n", lines).replace("%n", "\n").replace("%%", "%").split("\n")) {
        String text = line.strip();
        if (text.equals(EXAMPLES)) {
          inExamples = true;
        } else if (text.startsWith(EXAMPLE)) {
          examples.add(text.substring(EXAMPLE.length()).strip());
        } else if (inExamples && line.startsWith(" ")) {
          examples.add(text);
        } else if (!text.isEmpty()) {
          inExamples = false;
          boolean row = line.startsWith("  ") && !paragraph.isEmpty();
          paragraph.append(row ? "\n" : paragraph.isEmpty() ? "" : " ").append(row ? line : text);
          continue;
        }
        if (!paragraph.isEmpty()) {
          paragraphs.add(paragraph.toString());
          paragraph.setLength(0);
        }
      }
      if (!paragraph.isEmpty()) {
        paragraphs.add(paragraph.toString());
      }
      return new Footer(paragraphs, examples);
    }
  }
}
