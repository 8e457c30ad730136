package dev.containertui.repl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.Progress;
import dev.containertui.repl.jshell.ScriptFile;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs scripts over an engine without machines, and keeps what they write. */
abstract class ScriptFixture {
  final MemoryEngine engine = new MemoryEngine();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path temp;

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  int run(String script) {
    return run(script, ReplScript.Options.DEFAULT);
  }

  int run(String script, ReplScript.Options options) {
    var source = new ReplScript.Source(ScriptFile.text("s.jsh", script), temp);
    return run(List.of(source), options, out);
  }

  int run(List<ReplScript.Source> sources, ReplScript.Options options, OutputStream to) {
    return ReplScript.run(
        engine, sources, options, to, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  static ReplScript.Options options(String... flags) {
    List<String> set = List.of(flags);
    return new ReplScript.Options(
        set.contains("values"),
        set.contains("json"),
        set.contains("keepGoing"),
        set.contains("debug"),
        Optional.empty(),
        List.of("a", "b c"),
        Progress.NONE);
  }

  static ReplScript.Options limit(Duration limit) {
    return new ReplScript.Options(
        false, false, false, false, Optional.of(limit), List.of(), Progress.NONE);
  }

  JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
