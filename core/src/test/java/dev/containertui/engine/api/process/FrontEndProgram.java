package dev.containertui.engine.api.process;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.StateDirectories;
import java.io.IOException;
import java.nio.file.Path;

/** Another program that wants something of the engine: waits for a line, then counts containers. */
final class FrontEndProgram {
  private FrontEndProgram() {}

  static Process launch(Path home) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            FrontEndProgram.class.getName(),
            home.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    EngineConfig config = EngineConfig.in(StateDirectories.below(Path.of(arguments[0])));
    try (Engine engine = new EngineConnector(config, System.err::println).connect()) {
      System.out.println("ready");
      System.in.read();
      System.out.println(engine.containers().list(true).size() + " containers");
    }
  }
}
