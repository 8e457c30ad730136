package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.ContainerSpec;
import dev.containertui.repl.console.Completer;
import dev.containertui.repl.console.Completion;
import dev.containertui.repl.console.Documentation;
import dev.containertui.repl.console.LastValue;
import dev.containertui.repl.jshell.SnippetRunner;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompleterTest {
  private final MemoryEngine engine = new MemoryEngine();
  private final SnippetRunner runner = new SnippetRunner(Startup.IMPORTS, value -> {});
  private final LastValue lastValue = new LastValue();
  private final Completer completer =
      new Completer(
          runner,
          engine,
          lastValue,
          new Documentation(runner, Startup.IMPORTS),
          new Completer.CommandLines() {
            @Override
            public boolean isCommand(String line) {
              return line.startsWith("/");
            }

            @Override
            public Completion.Candidates complete(String before, Completer words) {
              return Completion.Candidates.of(
                  0, before, List.of(new Completion("/help", "/help", "", true)));
            }
          });

  private List<String> completions(String before) {
    return completer.completions(before).completions().stream().map(Completion::text).toList();
  }

  @BeforeEach
  void waitForJShell() {
    runner.evaluate("var text = \"abc\";", "0");
  }

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void overloadsAppearOnce() {
    assertEquals(List.of("substring("), (completions("\"abc\".substr")));
    Collection<String> all = completions("text.");
    assertTrue(all.contains("indexOf("));
    assertEquals(all.size(), new HashSet<>(all).size());
  }

  @Test
  void consoleWordsAreKnown() {
    assertTrue(completions("var x = imag").containsAll(List.of("images()", "image(")));
    assertTrue(completions("").contains("pull("));
    assertTrue(completions("/he").contains("/help"));
  }

  @Test
  void stringsCompleteToImagesAndContainers() {
    engine.images().pull("alpine", Optional.empty(), event -> {});
    engine.images().pull("quay.io/a/b:1", Optional.empty(), event -> {});
    engine.containers().create(ContainerSpec.of("alpine").name("web").build());
    Collection<String> images = completions("var c = run(\"al");
    assertTrue(images.contains("alpine\""), images.toString());
    assertFalse(images.contains("quay.io/a/b:1\""), images.toString());
    assertTrue(completions("var c = run(\"").contains("quay.io/a/b:1\""));
    assertFalse(images.contains("web\""));
    assertEquals(List.of("web\""), (completions("c(\"")));
    assertEquals(List.of(), (completions("print(\"al")));
  }

  @Test
  void lastValueCompletesWithItsType() {
    lastValue.isIn("text");
    assertTrue(completions("_.toUpp").contains("toUpperCase("));
  }

  @Test
  void nonsenseHasNoCompletions() {
    assertEquals(List.of(), (completions(")}] \"unclosed")));
  }
}
