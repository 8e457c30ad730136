package dev.containertui.repl;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.commands.ExitRequest;
import dev.containertui.repl.commands.Workspace;
import dev.containertui.repl.console.ConsoleOutput;
import dev.containertui.repl.console.Documentation;
import dev.containertui.repl.console.JavaCompleter;
import dev.containertui.repl.console.JavaHighlighter;
import dev.containertui.repl.console.JavaParser;
import dev.containertui.repl.console.LastValue;
import dev.containertui.repl.console.SlashCommands;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.jshell.SnippetSplitter;
import dev.containertui.repl.listing.ValueRenderer;
import dev.containertui.repl.render.SafeText;
import dev.containertui.repl.render.Style;
import dev.containertui.repl.render.Tone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The interactive console: reads Java from a terminal, runs it against an engine, shows what came
 * of it.
 */
public final class ReplConsole {
  private static final int STOPPED = 130;

  /** A snippet that ignores so many Ctrl-C is left behind. */
  private static final int PATIENCE = 3;

  private final Engine engine;
  private final Terminal terminal;
  private final Optional<Path> historyFile;
  private final boolean debug;
  private final Style style;
  private final ValueRenderer renderer;
  private final ConsoleOutput output;
  private final LastValue lastValue = new LastValue();
  private final AtomicReference<String> rendered = new AtomicReference<>("null");
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicReference<SnippetRunner> running = new AtomicReference<>();
  private volatile Thread loop;
  private volatile boolean ending;
  private int inputs;

  /**
   * @param terminal stays open and is left as it was found
   * @param historyFile where typed lines are kept; made if missing; empty: nowhere
   * @param debug show stack traces
   */
  public ReplConsole(Engine engine, Terminal terminal, Optional<Path> historyFile, boolean debug) {
    this.engine = engine;
    this.terminal = terminal;
    this.historyFile = historyFile;
    this.debug = debug;
    this.style = style(terminal);
    this.renderer = new ValueRenderer(style);
    this.output = new ConsoleOutput(terminal);
  }

  /** Runs a console on this process's own terminal and returns its exit code. */
  public static int runOnSystemTerminal(Engine engine, Optional<Path> historyFile, boolean debug) {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      return new ReplConsole(engine, terminal, historyFile, debug).run();
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "the terminal cannot be opened: " + e.getMessage(),
          "give a script instead: repl FILE, or repl - for standard input",
          e);
    }
  }

  private static Style style(Terminal terminal) {
    boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    String noColour = System.getenv("NO_COLOR");
    return new Style(
        !dumb && StandardCharsets.UTF_8.equals(terminal.encoding()),
        !dumb && (noColour == null || noColour.isEmpty()),
        terminal.getWidth() > 0 ? terminal.getWidth() : 80);
  }

  /** Runs until the user leaves, or {@link #end}; returns the exit code. The engine stays open. */
  public int run() {
    loop = Thread.currentThread();
    try (var runner =
            new SnippetRunner(Startup.IMPORTS, value -> rendered.set(renderer.render(value)));
        var _ =
            new Workspace(
                engine,
                output.stream(),
                renderer::render,
                output,
                Optional.of(terminal),
                List.of());
        var _ = new StandardStreams(output.stream(), output.stream())) {
      running.set(runner);
      Banner.lines(style).forEach(output::println);
      LineReader reader = reader(runner);
      output.attach(reader);
      var commands = new SlashCommands(runner, renderer, style, output, lastValue);
      Terminal.SignalHandler before =
          terminal.handle(Terminal.Signal.INT, signal -> interrupt(runner));
      try (var _ = engine.onEvent(event -> tell(event, reader))) {
        return loop(runner, reader, commands);
      } finally {
        terminal.handle(Terminal.Signal.INT, before);
        historyFile.ifPresent(file -> HistoryFile.save(reader, output));
      }
    } finally {
      running.set(null);
      Thread.interrupted(); // what ended the console is over
    }
  }

  /** Ends the console from another thread: stops what runs, and lets {@link #run} return. */
  public void end() {
    ending = true;
    SnippetRunner runner = running.get();
    if (runner != null) {
      runner.cancel();
      runner.abandon();
    }
    Thread thread = loop;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private LineReader reader(SnippetRunner runner) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("container-tui")
            .parser(new JavaParser(runner, lastValue))
            .completer(new JavaCompleter(runner, engine, lastValue))
            .highlighter(new JavaHighlighter(runner, style.colour()))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P    > ")
            .variable(LineReader.LIST_MAX, 200)
            .variable(LineReader.COMMENT_BEGIN, "//")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .option(LineReader.Option.AUTO_FRESH_LINE, true);
    historyFile.ifPresent(
        file -> {
          HistoryFile.prepare(file, output);
          builder.variable(LineReader.HISTORY_FILE, file);
        });
    LineReader reader = builder.build();
    reader
        .getWidgets()
        .put(
            "document",
            () -> {
              String before = reader.getBuffer().upToCursor();
              reader.printAbove(Documentation.of(runner, lastValue.resolve(before)));
              return true;
            });
    KeyMap<org.jline.reader.Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
    for (String key : List.of("\u001bOP", "\u001b[11~", "\u001b?")) { // F1, F1, Alt-?
      keys.bind(new Reference("document"), key);
    }
    return reader;
  }

  private int loop(SnippetRunner runner, LineReader reader, SlashCommands commands) {
    while (!ending) {
      String line;
      try {
        output.freshLine();
        // Before the prompt, where Ctrl-C belongs to the editor: from Enter on none gets lost.
        interrupts.set(0);
        runner.rearm();
        line = reader.readLine(style.paint(Tone.NAME, "java> "));
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return leave(0);
      }
      try {
        OptionalInt exitCode =
            SlashCommands.isCommand(line)
                ? commands.run(line, reader)
                : evaluate(runner, commands, lastValue.resolve(line));
        if (exitCode.isPresent()) {
          return leave(exitCode.getAsInt());
        }
      } catch (EngineException e) {
        complain(e);
      }
    }
    return 0;
  }

  private int leave(int code) {
    long running = engine.containers().list(false).size();
    if (running > 0) {
      output.println(running == 1 ? "one container still runs" : running + " containers still run");
    }
    return code;
  }

  private void complain(EngineException e) {
    output.freshLine();
    output.println(style.paint(Tone.BAD, SafeText.block(String.valueOf(e.getMessage()))));
    if (!e.hint().isEmpty()) {
      output.println("hint: " + SafeText.line(e.hint()));
    }
  }

  private OptionalInt evaluate(SnippetRunner runner, SlashCommands commands, String source) {
    String label = ++inputs + "+";
    var report = new FailureReport(new ScriptText("", source), label, style, debug);
    var splitter = new SnippetSplitter(runner, source);
    while (true) {
      Optional<SnippetSplitter.Piece> next = splitter.next();
      if (next.isEmpty()) {
        return OptionalInt.empty();
      }
      SnippetSplitter.Piece piece = next.get();
      Outcome outcome = runner.evaluate(piece.source(), label + piece.offset());
      output.freshLine();
      switch (outcome) {
        case Outcome.Done done -> {
          commands.accepted(piece.source());
          done.variable().ifPresent(lastValue::isIn);
          if (done.variable().isPresent()) {
            output.println(Echo.text(done, rendered.get()));
          }
        }
        case Outcome.Unresolved declaration -> {
          commands.accepted(piece.source());
          output.println(
              declaration.declaration()
                  + " can be used once this exists: "
                  + String.join(", ", declaration.unresolved()));
        }
        case Outcome.Rejected rejected -> {
          output.println(report.rejected(piece.offset(), rejected.problems()));
          return OptionalInt.empty();
        }
        case Outcome.Thrown thrown when thrown.thrown() instanceof ExitRequest exit -> {
          return OptionalInt.of(exit.code() & 0xff);
        }
        case Outcome.Thrown thrown -> {
          output.println(report.thrown(piece.offset(), thrown));
          return OptionalInt.empty();
        }
        case Outcome.Stopped _ -> {
          output.println(style.paint(Tone.WARN, "stopped"));
          return interrupts.get() >= PATIENCE ? OptionalInt.of(STOPPED) : OptionalInt.empty();
        }
      }
    }
  }

  /** Ctrl-C while a snippet runs. */
  private void interrupt(SnippetRunner runner) {
    int times = interrupts.incrementAndGet();
    runner.cancel();
    if (times == PATIENCE - 1) {
      output.freshLine();
      output.println("what runs has not stopped yet; Ctrl-C once more leaves the console");
    } else if (times >= PATIENCE) {
      runner.abandon();
    }
  }

  /** Things that happen while the user thinks. */
  private void tell(EngineEvent event, LineReader reader) {
    if (event instanceof EngineEvent.ContainerChanged change
        && change.action().equals("die")
        && reader.isReading()) {
      reader.printAbove(style.paint(Tone.DIM, SafeText.line(change.name()) + " has ended"));
    }
  }
}
