package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.engine.Engine;
import dev.containertui.engine.PointsInTime;
import dev.containertui.error.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description = "Print what a container's main process has written.",
    footer = {
      "",
      "Times are points in time (2026-01-31T12:00:00Z, seconds since 1970) or durations (10m) ago.",
      "",
      "examples:",
      "  container-tui logs -f --tail 20 web",
      "  container-tui logs -t --since 10m web"
    })
final class LogsCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with what comes, until the container ends")
  private boolean follow;

  @Option(names = "--since", paramLabel = "TIME", description = "nothing before")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "nothing from then on")
  private String until;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "all",
      description = "only so many last lines (default: all)")
  private String tail;

  @Option(
      names = {"-t", "--timestamps"},
      description = "begin each line with its time")
  private boolean timestamps;

  @Parameters(paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  LogsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LogQuery query = new LogQuery(true, true, follow, instant(since), instant(until), lines(tail));
    try (Engine engine = context.engines().open()) {
      Container container = Lookup.container(engine, name);
      return Cancellable.call(context, () -> print(container, query));
    }
  }

  private int print(Container container, LogQuery query) {
    LogPrinter out = new LogPrinter(context.io().out(), timestamps);
    LogPrinter err = new LogPrinter(context.io().err(), timestamps);
    try (LogStream log = container.logs(query)) {
      for (Optional<LogRecord> next = log.next(); next.isPresent(); next = log.next()) {
        LogRecord piece = next.get();
        (piece.stream() == LogRecord.Stream.OUT ? out : err).print(piece);
      }
      return ExitCodes.OK;
    } catch (IOException e) {
      return ExitCodes.BROKEN_PIPE;
    }
  }

  private Optional<Instant> instant(String text) {
    return Optional.ofNullable(text)
        .map(t -> PointsInTime.instant(t, context.clock().instant(), context.clock().getZone()));
  }

  /** Docker takes everything that is no number for "all"; that would hide a slip. */
  private static OptionalLong lines(String text) {
    if (text.equals("all") || text.startsWith("-")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new EngineException(
          EngineException.Kind.INVALID, "--tail '" + text + "' is no number", "or leave it out");
    }
  }

  /** One of the two outputs; with times, each of its lines has one. */
  private static final class LogPrinter {
    private final OutputStream out;
    private final boolean timestamps;
    private boolean atLineStart = true;

    LogPrinter(OutputStream out, boolean timestamps) {
      this.out = out;
      this.timestamps = timestamps;
    }

    void print(LogRecord piece) throws IOException {
      byte[] bytes = timestamps ? stamped(piece) : piece.bytes();
      out.write(bytes);
      out.flush();
      if (out instanceof PrintStream stream && stream.checkError()) {
        throw new IOException("Broken pipe");
      }
    }

    private byte[] stamped(LogRecord piece) {
      byte[] stamp = Units.timestamp(piece.at()).getBytes(StandardCharsets.US_ASCII);
      var stamped = new ByteArrayOutputStream(piece.bytes().length + stamp.length);
      for (byte b : piece.bytes()) {
        if (atLineStart) {
          stamped.writeBytes(stamp);
          stamped.write(' ');
        }
        stamped.write(b);
        atLineStart = b == '\n';
      }
      return stamped.toByteArray();
    }
  }
}
