package dev.containertui.engine.api.server;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.http.Takeover;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.host.UnclosedOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code docker attach}, and the attaching of {@code docker run}. */
final class AttachRoutes {
  private static final int MAX_TERMINAL_CELLS = 0xffff;

  private final Engine engine;

  AttachRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.post("/containers/{id}/attach", this::attach);
    routes.post("/containers/{id}/resize", this::resize);
  }

  /** Which streams the client wants. */
  private record Wanted(boolean in, boolean out, boolean err) {
    boolean has(LogRecord.Stream stream) {
      return stream == LogRecord.Stream.OUT ? out : err;
    }
  }

  private void attach(Request request) throws IOException, InterruptedException {
    Container container = Lookup.container(engine, request);
    Query query = request.query();
    boolean terminal = container.spec().terminal().isPresent();
    DetachKeys keys = DetachKeys.parse(query.text("detachKeys"));
    Wanted wanted =
        new Wanted(
            query.flag("stdin") && container.spec().openStdin(),
            query.flag("stdout"),
            query.flag("stderr"));
    Optional<Instant> run = query.time(OwnFields.RUN_PARAMETER);
    if (run.isPresent()) {
      input(request, container, run.get());
      return;
    }
    boolean logs = query.flag("logs");
    if (!query.flag("stream")) {
      Takeover client = request.exchange().takeOver(contentType(request, terminal));
      if (logs) {
        copy(container.logs(past(wanted)), client, terminal, wanted);
      }
      return;
    }
    // Before the answer, so that nothing is missed that comes after it.
    try (Attachment attachment = container.attach(logs)) {
      Takeover client = request.exchange().takeOver(contentType(request, terminal));
      // Our own client looks for such keys itself.
      boolean watched = terminal && !query.has(ContainerTui.FIELD);
      stream(attachment, client, terminal, wanted, watched ? keys : null);
    }
  }

  /**
   * Standard input of one run, until the client closes its side or the process ends. Nothing is
   * read of the container's output, so that its end waits for nobody here.
   */
  private static void input(Request request, Container container, Instant run)
      throws IOException, InterruptedException {
    ContainerProcess process =
        container
            .process()
            .filter(main -> main.startedAt().equals(run) && main.isAlive())
            .orElseThrow(
                () ->
                    new Failure(
                        409, "that run of container %s is over".formatted(container.shortId())));
    ContainerSpec spec = container.spec();
    boolean ends = spec.stdinOnce() && spec.terminal().isEmpty();
    Takeover client = request.exchange().takeOver(StreamWriter.contentType(true));
    StdinPump pump =
        new StdinPump(
            client.input(),
            // Other clients may go on with input that does not end with the first of them.
            ends ? process.getOutputStream() : new UnclosedOutput(process.getOutputStream()),
            null,
            () -> {});
    Thread end = Thread.ofVirtual().name("api-stdin-end").start(() -> breakOffAtEnd(process, pump));
    try {
      pump.await();
    } finally {
      end.interrupt();
      pump.stop();
    }
    client.endOutput();
  }

  private static void breakOffAtEnd(ContainerProcess process, StdinPump pump) {
    try {
      process.waitFor();
    } catch (EngineException e) {
      // Its machine is gone, and the process with it.
    } catch (InterruptedException e) {
      return; // The client was quicker.
    }
    pump.breakOff();
  }

  /** Older clients do not know the type for frames. */
  static String contentType(Request request, boolean terminal) {
    return StreamWriter.contentType(terminal || !request.version().atLeast(42));
  }

  private static LogQuery past(Wanted wanted) {
    return new LogQuery(
        wanted.out(),
        wanted.err(),
        false,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  private static void stream(
      Attachment attachment, Takeover client, boolean terminal, Wanted wanted, DetachKeys keys)
      throws IOException, InterruptedException {
    StdinPump pump =
        wanted.in()
            ? new StdinPump(client.input(), attachment.input(), keys, attachment::close)
            : null;
    try {
      copy(attachment.output(), client, terminal, wanted);
    } finally {
      if (pump != null) {
        pump.stop();
      }
    }
  }

  private static void copy(LogStream output, Takeover client, boolean terminal, Wanted wanted)
      throws IOException {
    StreamWriter writer = new StreamWriter(client.output(), terminal, false);
    try (output) {
      for (Optional<LogRecord> next = output.next(); next.isPresent(); next = output.next()) {
        if (wanted.has(next.get().stream())) {
          writer.write(next.get());
        }
      }
    }
    client.endOutput();
  }

  private void resize(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    TerminalSize size = size(request.query());
    // The process of a container that has a terminal can be sized through any hold on it.
    container
        .process()
        .orElseThrow(
            () -> new Failure(409, "container %s is not running".formatted(container.shortId())))
        .resize(size);
    request.exchange().answer(200, "", new byte[0]);
  }

  static TerminalSize size(Query query) {
    long rows = query.number("h").orElse(0);
    long columns = query.number("w").orElse(0);
    if (rows < 1 || columns < 1 || rows > MAX_TERMINAL_CELLS || columns > MAX_TERMINAL_CELLS) {
      throw new Failure(400, "h and w are not the size of a terminal");
    }
    return new TerminalSize((int) columns, (int) rows);
  }
}
