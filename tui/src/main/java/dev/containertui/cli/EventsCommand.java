package dev.containertui.cli;

import dev.containertui.cli.template.GoTemplate;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EventFilter;
import dev.containertui.engine.PointsInTime;
import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = "Print what happens to containers and images, as it happens.",
    footer = {
      "",
      "Filters: container, event, image, label, type. Times are points in time or durations ago.",
      "",
      "examples:",
      "  container-tui events --filter type=container --filter event=die",
      "  container-tui events --since 1h --until 0s --format '{{json .}}'"
    })
final class EventsCommand implements Callable<Integer> {
  /** Events of the past come within this time, if there are any. */
  private static final Duration SETTLED = Duration.ofMillis(500);

  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private FilterOptions filters;

  @Option(names = "--since", paramLabel = "TIME", description = "begin with what happened then")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "end then")
  private String until;

  @Option(
      names = "--format",
      paramLabel = "json|TEMPLATE",
      defaultValue = "",
      description = "json, or a Go template ('{{.Action}}')")
  private String format;

  EventsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    EventFilter filter = EventFilter.of(filters.terms());
    Optional<GoTemplate> template = template();
    Optional<Instant> from = instant(since);
    Optional<Instant> to = instant(until);
    BlockingQueue<EngineEvent> arrived = new LinkedBlockingQueue<>();
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data();
        var _ =
            from.isPresent()
                ? engine.onEvent(from.get(), arrived::add)
                : engine.onEvent(arrived::add)) {
      return Cancellable.call(context, () -> print(out, arrived, filter, template, to));
    }
  }

  private int print(
      PrintStream out,
      BlockingQueue<EngineEvent> arrived,
      EventFilter filter,
      Optional<GoTemplate> template,
      Optional<Instant> to) {
    try {
      while (true) {
        EngineEvent event = to.isEmpty() ? arrived.take() : next(arrived, to.get());
        if (event == null || to.isPresent() && event.at().isAfter(to.get())) {
          return ExitCodes.OK;
        }
        if (!filter.test(event)) {
          continue;
        }
        EventRow row = new EventRow(event, context.clock().getZone());
        out.println(
            template.map(t -> TerminalText.of(t.render(row.fields()))).orElseGet(row::line));
        if (out.checkError()) { // flushes, too
          return ExitCodes.BROKEN_PIPE;
        }
      }
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }

  /** Null if that time has come. */
  private EngineEvent next(BlockingQueue<EngineEvent> arrived, Instant to)
      throws InterruptedException {
    Duration left = Duration.between(context.clock().instant(), to);
    Duration wait = left.compareTo(SETTLED) < 0 ? SETTLED : left;
    return arrived.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Optional<GoTemplate> template() {
    if (format.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        GoTemplate.parse(format.equals("json") ? "{{json .}}" : format, Json::write));
  }

  private Optional<Instant> instant(String text) {
    return Optional.ofNullable(text)
        .map(t -> PointsInTime.instant(t, context.clock().instant(), context.clock().getZone()));
  }
}
