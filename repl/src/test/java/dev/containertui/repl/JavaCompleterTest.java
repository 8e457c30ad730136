package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.ContainerSpec;
import dev.containertui.repl.console.JavaCompleter;
import dev.containertui.repl.console.LastValue;
import dev.containertui.repl.jshell.SnippetRunner;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JavaCompleterTest {
  private final MemoryEngine engine = new MemoryEngine();
  private final SnippetRunner runner = new SnippetRunner(Startup.IMPORTS, value -> {});
  private final LastValue lastValue = new LastValue();
  private final JavaCompleter completer = new JavaCompleter(runner, engine, lastValue);

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
    assertEquals(List.of("substring("), List.copyOf(completer.completions("\"abc\".substr")));
    Collection<String> all = completer.completions("text.");
    assertTrue(all.contains("indexOf("));
    assertEquals(all.size(), new HashSet<>(all).size());
  }

  @Test
  void consoleWordsAreKnown() {
    assertTrue(completer.completions("var x = imag").containsAll(List.of("images()", "image(")));
    assertTrue(completer.completions("").contains("pull("));
    assertTrue(completer.completions("/he").contains("/help"));
  }

  @Test
  void stringsCompleteToImagesAndContainers() {
    engine.images().pull("alpine", Optional.empty(), event -> {});
    engine.images().pull("quay.io/a/b:1", Optional.empty(), event -> {});
    engine.containers().create(ContainerSpec.of("alpine").name("web").build());
    Collection<String> images = completer.completions("var c = run(\"al");
    assertTrue(images.contains("alpine\""), images.toString());
    assertTrue(images.contains("quay.io/a/b:1\""), images.toString());
    assertFalse(images.contains("web\""));
    assertEquals(List.of("web\""), List.copyOf(completer.completions("c(\"")));
    assertEquals(List.of(), List.copyOf(completer.completions("print(\"al")));
  }

  @Test
  void lastValueCompletesWithItsType() {
    lastValue.isIn("text");
    assertTrue(completer.completions("_.toUpp").contains("toUpperCase("));
  }

  @Test
  void nonsenseHasNoCompletions() {
    assertEquals(List.of(), List.copyOf(completer.completions(")}] \"unclosed")));
  }
}
