package dev.containertui.tui.console;

import dev.containertui.tui.app.Change;
import dev.containertui.tui.console.ConsoleRequest.Kind;
import java.util.List;

/** Asks for consoles: each change goes to the screen of consoles and opens one there. */
public final class ConsoleRequests {
  private ConsoleRequests() {}

  /** The main process; goes to the console that has it if there is one. */
  public static Change attach(String containerId) {
    return open(new ConsoleRequest(containerId, Kind.ATTACH, List.of()));
  }

  /**
   * The main process of a container that was created, and is started when its streams are joined.
   */
  public static Change run(String containerId) {
    return open(new ConsoleRequest(containerId, Kind.RUN, List.of()));
  }

  /** A shell; goes to one that is open and runs if there is one. */
  public static Change shell(String containerId) {
    return open(new ConsoleRequest(containerId, Kind.SHELL, List.of()));
  }

  /**
   * A command, always a new one.
   *
   * @param words program first, at least that
   */
  public static Change exec(String containerId, List<String> words) {
    return open(new ConsoleRequest(containerId, Kind.EXEC, words));
  }

  public static Change open(ConsoleRequest request) {
    return state -> Consoles.request(state, request);
  }
}
