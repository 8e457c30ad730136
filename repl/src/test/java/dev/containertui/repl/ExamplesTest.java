package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.repl.commands.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  private static final Path FOLDER = Path.of("examples");

  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thereAreExamples() throws IOException {
    assertEquals(List.of("boot-times.jsh", "hello.jsh", "side-by-side.jsh"), examples());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleRunsToItsEnd(String example) throws IOException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try (MemoryEngine engine = new MemoryEngine()) {
      int code =
          ReplScript.run(
              engine,
              List.of(ReplScript.Source.of(FOLDER.resolve(example))),
              new ReplScript.Options(
                  false, false, false, false, Optional.empty(), List.of("alpine"), Progress.NONE),
              out,
              new PrintStream(err, true, StandardCharsets.UTF_8));
      assertEquals("", err.toString(StandardCharsets.UTF_8));
      assertEquals(0, code);
      assertTrue(out.size() > 20);
      assertEquals(List.of(), engine.containers().list(true), "containers are left behind");
    }
  }
}
