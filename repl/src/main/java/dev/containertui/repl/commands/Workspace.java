package dev.containertui.repl.commands;

import dev.containertui.Frontend;
import dev.containertui.Progress;
import dev.containertui.Session;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Style;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;

/**
 * What the words act on in a console or script: one engine and one place to print. While it is
 * open, the snippets of this process belong to it; there can be one at a time.
 */
public final class Workspace implements AutoCloseable {
  private static final AtomicReference<Workspace> OPEN = new AtomicReference<>();

  /**
   * The HTTP client's own log, which tells of connections that were let go unread: a snippet may
   * start a command and never ask for its output. Held here, or the setting would be forgotten.
   */
  private static final Logger HTTP = Logger.getLogger("okhttp3.OkHttpClient");

  static {
    HTTP.setLevel(Level.SEVERE);
  }

  private final Engine engine;
  private final List<String> arguments;
  private final Session session;

  /**
   * @param renderer makes values readable, for {@code print(...)}
   * @param texts makes of a text what {@code print(...)} prints
   * @param terminal for {@code shell()}, and for {@code watch} to draw on; empty if there is none
   * @param arguments of the script
   */
  public Workspace(
      Engine engine,
      PrintStream out,
      Function<Object, String> renderer,
      Function<CharSequence, String> texts,
      Progress progress,
      Optional<Terminal> terminal,
      List<String> arguments) {
    this.engine = engine;
    this.arguments = List.copyOf(arguments);
    this.session = Session.open(engine, new Place(out, renderer, texts, progress, terminal));
    OPEN.set(this);
  }

  /** Where snippets print. */
  private record Place(
      PrintStream out,
      Function<Object, String> renderer,
      Function<CharSequence, String> texts,
      Progress progress,
      Optional<Terminal> terminal)
      implements Frontend {
    @Override
    public Style style() {
      int width = terminal.map(Terminal::getWidth).orElse(0);
      return width <= 0 ? Style.PLAIN : new Style(live(), live(), width);
    }

    @Override
    public String render(Object value) {
      return renderer.apply(value);
    }

    @Override
    public String text(CharSequence text) {
      return texts.apply(text);
    }

    @Override
    public boolean live() {
      return terminal.filter(t -> !t.getType().startsWith(Terminal.TYPE_DUMB)).isPresent();
    }

    @Override
    public int handOver(Function<TerminalSize, ContainerProcess> start) {
      Terminal present =
          terminal.orElseThrow(
              () ->
                  new EngineException(
                      Kind.INVALID,
                      "an interactive command needs a terminal",
                      "in a script use exec(\"sh\", \"-c\", \"…\").text()"));
      return new TerminalHandOver(present).run(start);
    }
  }

  static Workspace current() {
    Workspace open = OPEN.get();
    if (open == null) {
      throw new EngineException(Kind.CONFLICT, "the console has been closed");
    }
    return open;
  }

  @Override
  public void close() {
    OPEN.compareAndSet(this, null);
    session.close();
  }

  public Engine engine() {
    return engine;
  }

  List<String> arguments() {
    return arguments;
  }
}
