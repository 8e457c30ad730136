package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.LogQuery;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a container's main process has written, in all its runs, as far as the engine keeps it: a
 * choice of lines, read anew whenever they are asked for.
 *
 * <pre>{@code
 * c.logs()                                        // shows them
 * c.logs().tail(20).grep("ERROR|WARN").lines()
 * c.logs().since("10m").text()
 * try (var lines = c.logs().tail(0).follow()) { lines.forEach(System.out::println); }
 * c.logs().await("listening on", Duration.ofSeconds(30));
 * }</pre>
 */
public final class Logs implements Iterable<LogLine>, Value, Viewable {
  /** More lines than anybody reads, and few enough to be kept. */
  private static final int MOST_LINES = 1_000_000;

  private final dev.containertui.container.Container container;
  private final LogQuery query;
  private final Predicate<LogLine> wanted;

  Logs(dev.containertui.container.Container container) {
    this(container, LogQuery.everything(), line -> true);
  }

  private Logs(
      dev.containertui.container.Container container, LogQuery query, Predicate<LogLine> wanted) {
    this.container = container;
    this.query = query;
    this.wanted = wanted;
  }

  private Logs with(LogQuery other) {
    return new Logs(container, other, wanted);
  }

  private Logs with(
      boolean out,
      boolean err,
      boolean follow,
      Optional<Instant> since,
      Optional<Instant> until,
      OptionalLong tail) {
    return with(new LogQuery(out, err, follow, since, until, tail));
  }

  /** Only the last so many lines, before any {@code grep}; 0: none of those that are there. */
  public Logs tail(long lines) {
    if (lines < 0) {
      throw Args.wrong("tail(lines)", lines, "a number of lines", "0 or more");
    }
    return with(
        query.out(),
        query.err(),
        query.follow(),
        query.since(),
        query.until(),
        OptionalLong.of(lines));
  }

  /** Only what came then or later. */
  public Logs since(Instant time) {
    return with(
        query.out(),
        query.err(),
        query.follow(),
        Optional.of(Args.required("since(time)", "time", time)),
        query.until(),
        query.tail());
  }

  /** The same: {@code "10m"} (ago), or {@code "2026-01-31T12:00:00Z"}. */
  public Logs since(String time) {
    return since(Args.instant("since(time)", time));
  }

  /** Only what came before. */
  public Logs until(Instant time) {
    return with(
        query.out(),
        query.err(),
        query.follow(),
        query.since(),
        Optional.of(Args.required("until(time)", "time", time)),
        query.tail());
  }

  /** The same: {@code "10m"} (ago), or {@code "2026-01-31T12:00:00Z"}. */
  public Logs until(String time) {
    return until(Args.instant("until(time)", time));
  }

  /** Only standard output. */
  public Logs out() {
    return with(true, false, query.follow(), query.since(), query.until(), query.tail());
  }

  /** Only standard error. */
  public Logs err() {
    return with(false, true, query.follow(), query.since(), query.until(), query.tail());
  }

  /** Only lines with a match of a regular expression. */
  public Logs grep(String regex) {
    Pattern pattern = Args.regex("grep(regex)", regex);
    return new Logs(container, query, wanted.and(line -> pattern.matcher(line.text()).find()));
  }

  /** The lines that are there, and then those that come, until the container has ended. */
  public Feed<LogLine> follow() {
    return open(true);
  }

  private Feed<LogLine> open(boolean follow) {
    LogQuery asked =
        new LogQuery(query.out(), query.err(), follow, query.since(), query.until(), query.tail());
    return new LineFeed(container.name(), container.logs(asked), wanted);
  }

  /**
   * Waits for a line with a match of a regular expression, those that are there included.
   *
   * @return the line
   * @throws EngineException TIMEOUT if none has come in time, or the container has ended
   */
  public LogLine await(String regex, Duration limit) {
    Args.positive("await(regex, duration)", limit);
    try (Feed<LogLine> lines = grep(regex).follow()) {
      return lines
          .next(limit)
          .orElseThrow(
              () ->
                  Waits.timeout(
                      "a line with \"" + regex + "\" in the log of " + container.name(),
                      limit,
                      Optional.of("it is " + container.state().word())));
    }
  }

  /**
   * The lines that are there.
   *
   * @throws EngineException EXHAUSTED if they are more than a million
   */
  public Listing<LogLine> lines() {
    List<LogLine> lines = new ArrayList<>();
    try (Feed<LogLine> feed = open(false)) {
      for (LogLine line : feed) {
        if (lines.size() == MOST_LINES) {
          throw new EngineException(
              Kind.EXHAUSTED,
              "the log of " + container.name() + " has more than " + MOST_LINES + " lines",
              "choose with tail(…), since(…) or grep(…), or read it with follow()");
        }
        lines.add(line);
      }
    }
    return new Listing<>(lines);
  }

  /** The text of the lines that are there, one below the other. */
  public String text() {
    return String.join("\n", lines().stream().map(LogLine::text).toList());
  }

  @Override
  public Iterator<LogLine> iterator() {
    return lines().iterator();
  }

  /** An array with the JSON of each line. */
  @Override
  public JsonNode json() {
    return lines().json();
  }

  @Override
  public View view() {
    Listing<LogLine> lines = lines();
    return lines.isEmpty()
        ? View.text("no lines")
        : View.stack(lines.stream().map(LogLine::view).toArray(View[]::new));
  }

  /** The text of the lines. */
  @Override
  public String toString() {
    return text();
  }
}
