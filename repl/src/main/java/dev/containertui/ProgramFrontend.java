package dev.containertui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** The front end of a plain Java program: standard output, as it is when something is printed. */
final class ProgramFrontend implements Frontend {
  private static final int COLUMNS = 80;
  private static final int MOST_COLUMNS = 1000;

  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final Style style = terminal ? ofTerminal(System.getenv()) : Style.PLAIN;

  static Style ofTerminal(Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean unicode = System.out.charset().equals(StandardCharsets.UTF_8);
    return new Style(unicode && !dumb, !dumb && !noColour, columns(environment.get("COLUMNS")));
  }

  private static int columns(String text) {
    try {
      return text == null ? COLUMNS : Math.clamp(Integer.parseInt(text), 20, MOST_COLUMNS);
    } catch (NumberFormatException e) {
      return COLUMNS;
    }
  }

  @Override
  public PrintStream out() {
    return System.out;
  }

  @Override
  public Style style() {
    return style;
  }

  @Override
  public String render(Object value) {
    return new ValueRenderer(style).render(value);
  }

  @Override
  public Progress progress() {
    return Progress.NONE;
  }

  @Override
  public boolean live() {
    return terminal && style.unicode();
  }

  @Override
  public int handOver(Function<TerminalSize, ContainerProcess> start) {
    throw new EngineException(
        Kind.INVALID,
        "only the console has a terminal to give away",
        "run it there, or use exec(\"sh\", \"-c\", \"…\")");
  }
}
