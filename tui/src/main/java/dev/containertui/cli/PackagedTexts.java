package dev.containertui.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes what a package has besides the program, from the commands' model: manual pages and
 * completions for shells.
 */
public final class PackagedTexts {
  private PackagedTexts() {}

  /**
   * @param arguments a directory: it gets {@code man/man1/} and {@code completions/}
   */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]));
  }

  static void write(Path directory) throws IOException {
    CommandLine root = allCommands();
    Path pages = Files.createDirectories(directory.resolve("man/man1"));
    for (Map.Entry<String, String> page : pages(root).entrySet()) {
      Files.writeString(pages.resolve(page.getKey() + ".1"), page.getValue());
    }
    Path completions = Files.createDirectories(directory.resolve("completions"));
    String name = root.getCommandName();
    Files.writeString(completions.resolve(name + ".bash"), CompletionCommand.bash(root));
    Files.writeString(completions.resolve("_" + name), ZshCompletion.of(root));
    Files.writeString(completions.resolve(name + ".fish"), CompletionCommand.fish(root));
  }

  static CommandLine allCommands() {
    Stdio nowhere =
        new Stdio(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            false,
            false,
            false);
    EngineFactory none =
        () -> {
          throw new IllegalStateException("no command runs here");
        };
    return new Cli(
            new CliContext(
                nowhere, Map.of(), none, HostSignals.ofProcess(), Clock.systemDefaultZone()))
        .commandLine();
  }

  /** All pages by their names. */
  static Map<String, String> pages(CommandLine root) {
    Map<String, String> pages = new TreeMap<>();
    collect(pages, root, root);
    return pages;
  }

  private static void collect(Map<String, String> pages, CommandLine root, CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    pages.put(ManualPage.name(spec), ManualPage.of(spec));
    for (CommandLine sub : line.getSubcommands().values()) {
      if (line.getCommand() instanceof GroupCommand && same(root, sub) instanceof CommandSpec as) {
        pages.put(ManualPage.name(sub.getCommandSpec()), ManualPage.alias(ManualPage.name(as)));
      } else {
        collect(pages, root, sub);
      }
    }
  }

  /** The command that a member of a group is under another name, or null. */
  private static CommandSpec same(CommandLine root, CommandLine member) {
    for (CommandLine line : root.getSubcommands().values()) {
      if (line.getCommand().getClass() == member.getCommand().getClass()) {
        return line.getCommandSpec();
      }
    }
    return null;
  }
}
