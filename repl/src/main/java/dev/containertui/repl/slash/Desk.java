package dev.containertui.repl.slash;

import dev.containertui.engine.Engine;
import dev.containertui.repl.console.ConsoleOutput;
import dev.containertui.repl.console.Documentation;
import dev.containertui.repl.console.LastValue;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.view.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;

/**
 * All that commands work with.
 *
 * @param style what the terminal can show at the moment
 * @param inLine a value in one line
 * @param ownsTerminal whether other programs of this host can be run on the terminal
 * @param workbench opens the full-screen workbench on the terminal and returns when it was left
 * @param startup the file that was evaluated first
 * @param historyFile where lines are kept
 * @param lines those read so far, oldest first
 */
public record Desk(
    Engine engine,
    SnippetRunner runner,
    Terminal terminal,
    ConsoleOutput output,
    Supplier<Style> style,
    Settings settings,
    Documentation documentation,
    LastValue lastValue,
    Function<Object, String> inLine,
    boolean ownsTerminal,
    Optional<Runnable> workbench,
    Optional<Path> startup,
    Optional<Path> historyFile,
    Map<String, String> environment,
    Supplier<List<String>> lines) {}
