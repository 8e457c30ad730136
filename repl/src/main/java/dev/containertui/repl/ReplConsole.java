package dev.containertui.repl;

import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.commands.Workspace;
import dev.containertui.repl.console.Completer;
import dev.containertui.repl.console.ConsoleOutput;
import dev.containertui.repl.console.ConsoleReader;
import dev.containertui.repl.console.Documentation;
import dev.containertui.repl.console.JavaHighlighter;
import dev.containertui.repl.console.JavaParser;
import dev.containertui.repl.console.LastValue;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.slash.Desk;
import dev.containertui.repl.slash.Setting;
import dev.containertui.repl.slash.Settings;
import dev.containertui.repl.slash.SlashCommands;
import dev.containertui.repl.terminal.Suspension;
import dev.containertui.repl.terminal.SystemTerminal;
import dev.containertui.repl.terminal.TypedAhead;
import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import dev.containertui.view.ValueRenderer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * The interactive console: reads Java from a terminal, runs it against an engine, shows what came
 * of it. Runs on any terminal of JLine's, also one that is fed by streams.
 */
public final class ReplConsole {
  private static final int STOPPED = 130;
  private static final int NOT_ENDED = -1;

  /** A snippet that ignores so many Ctrl-C is left behind. */
  private static final int PATIENCE = 3;

  private static final String ERROR_VARIABLE = "Throwable _error = null;";

  private final Engine engine;
  private final Terminal terminal;
  private final ConsoleSetup setup;
  private final Settings settings = new Settings();
  private final TypedAhead typing;
  private final ConsoleOutput output;
  private final LastValue lastValue = new LastValue();
  private final AtomicReference<String> rendered = new AtomicReference<>("null");
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicInteger ending = new AtomicInteger(NOT_ENDED);
  private final AtomicReference<SnippetRunner> running = new AtomicReference<>();

  /** Until the first prompt stands, nothing takes the processor away from it. */
  private final CountDownLatch prompted = new CountDownLatch(1);

  private volatile Thread loop;

  /**
   * @param engine stays open
   * @param terminal stays open and is left as it was found
   */
  public ReplConsole(Engine engine, Terminal terminal, ConsoleSetup setup) {
    this.engine = engine;
    this.terminal = terminal;
    this.typing = new TypedAhead(terminal);
    this.setup = setup;
    if (setup.debug()) {
      settings.set(Setting.DEBUG, "on");
    }
    this.output = new ConsoleOutput(terminal, () -> settings.isOn(Setting.EVENTS));
  }

  /**
   * Runs a console on this process's own terminal and returns its exit code.
   *
   * @param engine stays open
   */
  public static int runOnSystemTerminal(Engine engine, ConsoleSetup setup) {
    try (SystemTerminal own = SystemTerminal.open()) {
      return new ReplConsole(engine, own.terminal(), setup.onOwnTerminal()).run();
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "the terminal cannot be opened: " + e.getMessage(),
          "give a script instead: repl FILE, or repl - for standard input",
          e);
    }
  }

  private Style style() {
    boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    boolean colour =
        switch (settings.get(Setting.COLOUR)) {
          case "on" -> true;
          case "off" -> false;
          default -> !dumb && setup.environment().getOrDefault("NO_COLOR", "").isEmpty();
        };
    return new Style(
        !dumb && StandardCharsets.UTF_8.equals(terminal.encoding()),
        colour,
        terminal.getWidth() > 0 ? terminal.getWidth() : 80);
  }

  /** Runs until the user leaves, or {@link #end}; returns the exit code. */
  public int run() {
    loop = Thread.currentThread();
    if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
      terminal.setSize(new Size(80, 24)); // the editor draws nothing on a terminal without a size
    }
    List<String> startup = new ArrayList<>(Startup.IMPORTS);
    startup.add(ERROR_VARIABLE);
    try (var runner =
            new SnippetRunner(
                startup,
                value -> rendered.set(new ValueRenderer(style()).render(value)),
                prompted);
        var _ =
            new Workspace(
                engine,
                output.stream(),
                value -> new ValueRenderer(style()).render(value),
                CharSequence::toString,
                output,
                Optional.of(terminal),
                List.of());
        var _ = new StandardStreams(output.stream(), output.stream())) {
      running.set(runner);
      Banner.lines(style()).forEach(output::println);
      return new Session(runner).run();
    } finally {
      prompted.countDown();
      running.set(null);
      Thread.interrupted(); // what ended the console is over
    }
  }

  /**
   * Ends the console from another thread: stops what runs, leaves the terminal as it was found, and
   * lets {@link #run} return.
   */
  public void end() {
    end(0);
  }

  private void end(int code) {
    ending.compareAndSet(NOT_ENDED, code);
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

  /** One run, with all its parts. */
  private final class Session {
    private final SnippetRunner runner;
    private final Evaluator evaluator;
    private final SlashCommands commands;
    private final ConsoleReader reader;
    private final AtomicReference<Engine.Subscription> events = new AtomicReference<>();
    private volatile Optional<Thread> startup = Optional.empty();

    Session(SnippetRunner runner) {
      this.runner = runner;
      Documentation documentation = new Documentation(runner, Startup.IMPORTS);
      this.evaluator =
          new Evaluator(
              runner,
              output,
              settings,
              ReplConsole.this::style,
              lastValue,
              rendered::get,
              this::command);
      Desk desk =
          new Desk(
              engine,
              runner,
              terminal,
              output,
              ReplConsole.this::style,
              settings,
              documentation,
              lastValue,
              value -> new ValueRenderer(style()).line(value),
              setup.ownsTerminal(),
              setup.workbench(),
              setup.startupFile(),
              setup.historyFile(),
              setup.environment(),
              this::lines);
      this.commands = new SlashCommands(desk, evaluator);
      this.reader =
          new ConsoleReader(
              terminal,
              settings,
              ReplConsole.this::style,
              new Completer(runner, engine, lastValue, documentation, commands),
              documentation,
              lastValue);
      prepare();
    }

    private void prepare() {
      reader.setParser(new JavaParser(runner, lastValue, commands::isCommand));
      reader.setHighlighter(
          new JavaHighlighter(() -> style().colour(), commands::isCommand, commands::isKnown));
      reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%P    > ");
      reader.setVariable(LineReader.COMMENT_BEGIN, "//");
      reader.setVariable(LineReader.INDENTATION, ConsoleReader.INDENTATION_WIDTH);
      reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
      reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, false);
      reader.option(LineReader.Option.HISTORY_TIMESTAMPED, false);
      reader.option(LineReader.Option.AUTO_FRESH_LINE, false);
      setup
          .historyFile()
          .ifPresent(
              file -> {
                HistoryFile.prepare(file, output);
                reader.setVariable(LineReader.HISTORY_FILE, file);
              });
      reader.setHistory(new DefaultHistory());
    }

    private OptionalInt command(String line) {
      return commands.run(line);
    }

    private List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (History.Entry entry : reader.lines()) {
        lines.add(entry.line());
      }
      return lines;
    }

    int run() {
      output.attach(reader);
      Suspension suspension = new Suspension(terminal);
      Terminal.SignalHandler intBefore =
          terminal.handle(Terminal.Signal.INT, signal -> interrupt(runner));
      Terminal.SignalHandler stopBefore =
          terminal.handle(Terminal.Signal.TSTP, signal -> suspend(suspension));
      reader.whenDrawn(this::afterFirstPrompt);
      try {
        return loop();
      } finally {
        typing.restore();
        terminal.handle(Terminal.Signal.INT, intBefore);
        terminal.handle(Terminal.Signal.TSTP, stopBefore);
        Optional.ofNullable(events.getAndSet(() -> {})).ifPresent(Engine.Subscription::close);
        setup.historyFile().ifPresent(file -> HistoryFile.save(reader, output));
      }
    }

    private void afterFirstPrompt() {
      prompted.countDown();
      Thread.startVirtualThread(this::listen);
      setup.startupFile().filter(Files::isRegularFile).ifPresent(this::runStartup);
    }

    private void suspend(Suspension suspension) {
      if (!setup.ownsTerminal()) {
        return; // there is no shell behind this terminal
      }
      try {
        suspension.stop();
      } catch (EngineException e) {
        complain(e);
      }
      reader.drawAgain();
    }

    /** The engine may still be on its way. */
    private void listen() {
      try {
        Engine.Subscription subscription =
            engine.onEvent(
                event -> {
                  if (settings.isOn(Setting.EVENTS) && reader.isReading()) {
                    EventLines.of(event)
                        .ifPresent(line -> reader.printAbove(style().paint(Tone.DIM, line)));
                  }
                });
        if (!events.compareAndSet(null, subscription)) {
          subscription.close(); // the console has ended in the meantime
        }
      } catch (EngineException e) {
        complain(e);
      }
    }

    private void runStartup(Path file) {
      startup =
          Optional.of(
              Thread.startVirtualThread(
                  () -> {
                    try {
                      commands.run("/load " + file).ifPresent(ReplConsole.this::end);
                    } catch (EngineException e) {
                      complain(e);
                    }
                  }));
    }

    private int loop() {
      while (true) {
        String line;
        try {
          output.freshLine();
          // Before the prompt, where Ctrl-C belongs to the editor: from Enter on none gets lost.
          interrupts.set(0);
          if (ending.get() != NOT_ENDED) {
            return ending.get();
          }
          if (startup.isEmpty() || !startup.get().isAlive()) {
            runner.rearm();
          }
          typing.restore();
          line = reader.read(style().paint(Tone.NAME, "java> "));
        } catch (UserInterruptException e) {
          continue;
        } catch (EndOfFileException e) {
          return leave(0);
        }
        OptionalInt exitCode = evaluate(line);
        if (exitCode.isPresent()) {
          return leave(exitCode.getAsInt());
        }
      }
    }

    private OptionalInt evaluate(String line) {
      try {
        if (startup.isPresent()) {
          startup.get().join();
          startup = Optional.empty();
        }
        OptionalInt exitCode =
            commands.isCommand(line) ? commands.run(line) : evaluator.typed(line);
        reader.forgetHints();
        return interrupts.get() >= PATIENCE ? OptionalInt.of(STOPPED) : exitCode;
      } catch (EngineException e) {
        complain(e);
      } catch (InterruptedException e) {
        // end() says what to do
        return OptionalInt.empty();
      }
      return OptionalInt.empty();
    }

    private int leave(int code) {
      try {
        long running = engine.containers().list(false).size();
        if (running > 0) {
          output.println(
              running == 1 ? "one container still runs" : running + " containers still run");
        }
      } catch (EngineException e) {
        return code; // it has been said that there is no engine
      }
      return code;
    }
  }

  private void complain(EngineException e) {
    output.freshLine();
    output.println(style().paint(Tone.BAD, SafeText.block(String.valueOf(e.getMessage()))));
    if (!e.hint().isEmpty()) {
      output.println("hint: " + SafeText.line(e.hint()));
    }
  }

  /** Ctrl-C while a snippet runs. */
  private void interrupt(SnippetRunner runner) {
    int times = interrupts.incrementAndGet();
    typing.hide();
    runner.cancel();
    if (times == PATIENCE - 1) {
      output.freshLine();
      output.println("what runs has not stopped yet; Ctrl-C once more leaves the console");
    } else if (times >= PATIENCE) {
      runner.abandon();
    }
  }
}
