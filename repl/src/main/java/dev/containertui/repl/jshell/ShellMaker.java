package dev.containertui.repl.jshell;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControlProvider;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionEnv;

/** Makes a JShell whose snippets live in this process and see its classes. */
final class ShellMaker {
  /** Classes whose code must be on the compiler's class path whatever started this process. */
  private static final List<Class<?>> ANCHORS =
      List.of(ShellMaker.class, dev.containertui.engine.Engine.class);

  private ShellMaker() {}

  /**
   * @param startup snippets to evaluate before all others
   * @param label the present snippet's, which its id begins with
   * @param names asked for the name of a result
   */
  static JShell make(
      LiveExecutionControl control,
      List<String> startup,
      Supplier<String> label,
      Supplier<String> names) {
    var provider =
        new LocalExecutionControlProvider() {
          @Override
          public ExecutionControl createExecutionControl(
              ExecutionEnv environment, Map<String, String> parameters) {
            return control;
          }
        };
    JShell made =
        JShell.builder()
            .executionEngine(provider, Map.of())
            .compilerOptions("--class-path", classPath())
            .idGenerator((snippet, number) -> label.get() + "." + number)
            .tempVariableNameGenerator(names)
            .build();
    for (String source : startup) {
      for (SnippetEvent event : made.eval(source)) {
        if (event.status() != Status.VALID || event.exception() != null) {
          throw new EngineException(Kind.INTERNAL, "the console cannot evaluate: " + source);
        }
      }
    }
    return made;
  }

  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(entry);
      }
    }
    for (Class<?> anchor : ANCHORS) {
      CodeSource source = anchor.getProtectionDomain().getCodeSource();
      try {
        if (source != null && source.getLocation() != null) {
          entries.add(Path.of(source.getLocation().toURI()).toString());
        }
      } catch (URISyntaxException | IllegalArgumentException e) {
        throw new EngineException(
            Kind.INTERNAL, "the program's own code is not in a file: " + source.getLocation(), e);
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
