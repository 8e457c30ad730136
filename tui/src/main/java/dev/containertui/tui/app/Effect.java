package dev.containertui.tui.app;

/**
 * Work that takes time or touches the world: it runs on a virtual thread of its own.
 *
 * @param name what it does, as the user would say it ({@code stop web}); for failures and tests
 */
public record Effect(String name, Work work) {
  /** What it throws is shown to the user as a notice. */
  @FunctionalInterface
  public interface Work {
    void run(Host host) throws Exception;
  }
}
