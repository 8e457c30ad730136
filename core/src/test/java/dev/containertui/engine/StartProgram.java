package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Another program with an engine on the same directories. It says that it is ready, waits for a
 * line, starts a container, and says how that came up; or makes a template.
 */
final class StartProgram {
  static final String READY = "ready";

  /** In the place of an image: only a template is to be made. */
  static final String BUILD = "build";

  private StartProgram() {}

  static Process launch(Path home, String image) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StartProgram.class.getName(),
            home.toString(),
            image)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    try (LocalEngine engine = LocalEngine.open(EngineConfig.below(Path.of(arguments[0])))) {
      engine.prepareStart();
      if (arguments[1].equals(BUILD)) {
        System.out.println(READY);
        System.in.read();
        engine.templates().build(Optional.empty(), Optional.empty(), Optional.empty());
        return;
      }
      Container container =
          engine
              .containers()
              .create(ContainerSpec.of(arguments[1]).arguments("sleep", "1").build());
      System.out.println(READY);
      System.in.read();
      container.start().waitFor();
      boolean made =
          container.bootTimeline().marks().stream()
              .anyMatch(mark -> mark.step().equals("template"));
      System.out.println(container.bootTimeline().start() + (made ? " made" : ""));
      container.awaitEnd();
    }
  }
}
