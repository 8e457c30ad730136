package dev.containertui.engine.api.server;

import dev.containertui.container.Container;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.http.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code docker logs}. */
final class LogRoutes {
  private final Engine engine;

  LogRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/containers/{id}/logs", this::logs);
  }

  private void logs(Request request) throws IOException {
    Query query = request.query();
    boolean out = query.flag("stdout");
    boolean err = query.flag("stderr");
    if (!out && !err) {
      throw new Failure(400, "Bad parameters: you must choose at least one stream");
    }
    Container container = Lookup.container(engine, request);
    boolean terminal = container.spec().terminal().isPresent();
    LogQuery wanted =
        new LogQuery(
            out,
            err,
            query.flag("follow"),
            query.time("since"),
            query.time("until"),
            tail(query.text("tail").orElse("all")));
    if (wanted.follow()) {
      request.exchange().endWithClient();
    }
    try (LogStream stream = container.logs(wanted);
        OutputStream body = request.exchange().stream(200, StreamWriter.contentType(terminal))) {
      StreamWriter writer = new StreamWriter(body, terminal, query.flag("timestamps"));
      for (Optional<LogRecord> next = stream.next(); next.isPresent(); next = stream.next()) {
        writer.write(next.get());
        if (wanted.follow()) {
          body.flush();
        }
      }
    }
  }

  /** Anything else than a number means all, as Docker has it. */
  private static OptionalLong tail(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
