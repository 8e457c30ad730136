package dev.containertui.tui;

import dev.containertui.container.ContainerSpec;
import dev.containertui.tui.settings.Settings;
import dev.containertui.tui.terminal.ColorDepth;
import dev.containertui.tui.terminal.HostTerminal;
import java.util.Optional;

/** The workbench as a program, over an engine without machines: what tests run on a real pty. */
final class WorkbenchProgram {
  private WorkbenchProgram() {}

  /**
   * @param arguments {@code fail-drawing}: the screen's thread gets an exception; {@code
   *     fail-opening}: the engine cannot be opened
   */
  public static void main(String[] arguments) {
    String mode = arguments.length == 0 ? "" : arguments[0];
    Workbench workbench =
        new Workbench(
            () -> {
              if (mode.equals("fail-opening")) {
                throw new dev.containertui.error.EngineException(
                    dev.containertui.error.EngineException.Kind.UNAVAILABLE,
                    "no engine today",
                    "try tomorrow");
              }
              MemoryEngine engine = MemoryEngine.populated();
              if (mode.equals("fail-drawing")) {
                String long0 = null;
                engine.create(ContainerSpec.of(long0).name("broken").build());
              }
              return engine;
            },
            () -> HostTerminal.open(ColorDepth.of(System.getenv())),
            new NoCommands(),
            Settings.DEFAULT,
            Optional.empty());
    System.exit(workbench.run());
  }
}
