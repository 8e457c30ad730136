package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.Subprocess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manual pages as {@code man} shows them, completions as zsh and fish make them. */
class PackagedTextsTest {
  @TempDir Path temp;
  private Path bin;

  @BeforeEach
  void write() throws IOException {
    PackagedTexts.write(temp);
    bin = Files.createDirectories(temp.resolve("bin"));
    Path program = bin.resolve("container-tui");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$*" in
        "ps -a --format {{.Names}}") printf 'web\\nworker\\n' ;;
        "ps -a --format {{.Names}}:") printf 'web:\\nworker:\\n' ;;
        images*) echo alpine:3 ;;
        esac
        """);
    assertTrue(program.toFile().setExecutable(true));
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", bin + ":" + System.getenv("PATH"), "MANWIDTH", "100", "HOME", temp.toString());
  }

  private String man(String page) throws Exception {
    return Subprocess.run(temp.resolve("man"), environment(), "man", "-l", "man1/" + page + ".1")
        .expect(0)
        .out()
        .replaceAll(".\b", "");
  }

  @Test
  void aTableOfTheHelpKeepsItsLines() throws Exception {
    String page = man("container-tui-repl");
    assertTrue(
        page.matches("(?s).*exit codes:\n +0    the end .*\n +124  the time .*\n +141  .*"), page);
  }

  @Test
  void everyCommandHasAPageWithoutAnythingThatManWarnsOf() throws Exception {
    List<String> pages;
    try (Stream<Path> files = Files.list(temp.resolve("man/man1"))) {
      pages = files.map(file -> "man1/" + file.getFileName()).sorted().toList();
    }
    for (Commands command : Commands.values()) {
      assertTrue(pages.contains("man1/container-tui-" + command.word() + ".1"), command.word());
    }
    assertTrue(pages.contains("man1/container-tui-engine-start.1"), pages.toString());
    List<String> line =
        new ArrayList<>(List.of("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"));
    line.addAll(pages);
    Result result =
        Subprocess.run(temp.resolve("man"), environment(), line.toArray(String[]::new)).expect(0);
    assertEquals("", result.err());
  }

  @Test
  void aPageSaysWhatTheHelpSays() throws Exception {
    String page = man("container-tui-exec");
    assertTrue(page.contains("container-tui-exec - Run a further command in a running"), page);
    assertTrue(page.contains("container-tui exec [OPTION]... CONTAINER COMMAND..."), page);
    assertTrue(page.contains("-u, --user USER[:GROUP]"), page);
    assertTrue(page.contains("container-tui exec -u postgres db psql -c 'select 1'"), page);
    assertTrue(page.contains("126 if it cannot be executed, 127 if there is none."), page);
    String root = man("container-tui");
    assertTrue(root.contains("container-tui-run(1)"), root);
    assertTrue(root.contains("CONTAINER_TUI_HOME"), root);
  }

  @Test
  void aCommandOfAGroupIsShownByTheNameThatItHasElsewhere() throws Exception {
    assertTrue(man("container-tui-container-ls").contains("container-tui-ps - List containers"));
    assertTrue(man("container-tui-image-prune").contains("container-tui image prune"));
  }

  @Test
  void textIsNoRequest() {
    assertEquals("\\&.so /etc/passwd", Roff.text(".so /etc/passwd"));
    assertEquals("\\(aq \\(rs \\-a\\(ti", Roff.text("' \\ -a~"));
  }

  @ParameterizedTest
  @CsvSource({
    "'unp', 'unpause'",
    "'stop w', 'web worker'",
    "'rmi al', 'alpine:3'",
    "'run --pul', '--pull='",
    "'image his', 'history'",
    "'container ls --no-t', '--no-trunc'"
  })
  void fishCompletes(String words, String expected) throws Exception {
    String command =
        "source '%s'; complete -C 'container-tui %s'"
            .formatted(temp.resolve("completions/container-tui.fish"), words);
    String out =
        Subprocess.run(temp, environment(), "fish", "--no-config", "-c", command).expect(0).out();
    List<String> found = out.lines().map(line -> line.split("\t")[0]).toList();
    for (String word : expected.split(" ")) {
      assertTrue(found.contains(word.replaceAll("=$", "")) || found.contains(word), out);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unp, 'unpause '",
    "stop we, 'stop web '",
    "rmi al, 'rmi alpine:3 '",
    "run --pul, 'run --pull='",
    "'run --pull=n', 'run --pull=never '",
    "image his, 'image history '",
    "container ls --no-t, 'container ls --no-trunc '",
    "cp wor, 'cp worker:'",
    "'--debug logs wo', '--debug logs worker '"
  })
  void zshCompletes(String words, String expected) throws Exception {
    Files.writeString(
        temp.resolve(".zshrc"),
        """
        PS1='READY> '
        fpath=('%s' $fpath)
        autoload -Uz compinit && compinit -u -D
        show() { print -r -- "<$BUFFER>"; BUFFER=exit; zle accept-line }
        zle -N show && bindkey '^G' show
        """
            .formatted(temp.resolve("completions")));
    List<String> line =
        List.of(
            "python3",
            Path.of("src/test/resources/acceptance/on-pty.py").toAbsolutePath().toString(),
            "60",
            "100x30",
            "expect:READY> ",
            "send:container-tui " + words + "\\t\\x07",
            "expect:<container-tui " + expected.replace(".", "\\.") + ">",
            "end",
            "--",
            "zsh",
            "-i");
    Map<String, String> environment = new java.util.HashMap<>(environment());
    environment.put("ZDOTDIR", temp.toString());
    environment.put("TERM", "xterm");
    Subprocess.run(temp, environment, line.toArray(String[]::new)).expect(0);
  }

  @Test
  void theZshScriptCanBeSourced() throws Exception {
    String command =
        "autoload -Uz compinit && compinit -u -D; source '%s'; echo ${_comps[container-tui]}"
            .formatted(temp.resolve("completions/_container-tui"));
    Result result = Subprocess.run(temp, environment(), "zsh", "-f", "-c", command).expect(0);
    assertEquals("_container-tui", result.out().strip(), result.err());
  }
}
