package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A further process in a container. The API has one connection for all of its streams; both outputs
 * are taken off it as they come, up to a bound, as from the pipes of a process here.
 */
final class RemoteExecProcess extends RemoteProcess {
  private static final Duration FIRST_LOOK = Duration.ofMillis(5);
  private static final Duration LONGEST_REST = Duration.ofMillis(500);

  private final ApiClient api;
  private final String id;
  private final Hijacked connection;
  private final CompletableFuture<Integer> exit;
  private final PieceQueue out = new PieceQueue(Stream.OUT);
  private final PieceQueue err = new PieceQueue(Stream.ERR);
  private final InputStream outBytes = new RecordInput(() -> out);
  private final InputStream errBytes = new RecordInput(() -> err);
  private final OutputStream in;

  private RemoteExecProcess(
      ApiClient api,
      String containerId,
      String id,
      Hijacked connection,
      CompletableFuture<Integer> exit) {
    super(containerId, Instant.now(), () -> exit);
    this.api = api;
    this.id = id;
    this.connection = connection;
    this.exit = exit;
    this.in = new SentOutput(connection.output());
  }

  static RemoteExecProcess start(ApiClient api, RemoteContainer container, ProcessSpec spec) {
    JsonNode created = api.post(ApiClient.url("containers", container.id(), "exec"), body(spec));
    String id = Json.text(created, "Id");
    ObjectNode start = Json.object().put("Detach", false).put("Tty", spec.terminal().isPresent());
    start.putObject(ContainerTui.FIELD);
    spec.terminal()
        .ifPresent(size -> start.putArray("ConsoleSize").add(size.rows()).add(size.columns()));
    Hijacked connection = api.hijack(ApiClient.url("exec", id, "start"), ApiClient.body(start));
    RemoteExecProcess process =
        new RemoteExecProcess(api, container.shortId(), id, connection, new CompletableFuture<>());
    Thread.ofVirtual()
        .name("exec-" + container.shortId())
        .start(() -> process.follow(spec.terminal().isEmpty()));
    return process;
  }

  private static ObjectNode body(ProcessSpec spec) {
    ObjectNode json = Json.object();
    Json.put(json.putArray("Cmd"), spec.command());
    json.putObject(ContainerTui.FIELD); // No keys let go of it but those of who calls this.
    json.put("AttachStdin", spec.openStdin()).put("AttachStdout", true).put("AttachStderr", true);
    json.put("Tty", spec.terminal().isPresent());
    spec.terminal()
        .ifPresent(size -> json.putArray("ConsoleSize").add(size.rows()).add(size.columns()));
    var environment = json.putArray("Env");
    spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
    spec.workingDirectory().ifPresent(path -> json.put("WorkingDir", path));
    spec.user().ifPresent(user -> json.put("User", user));
    return json;
  }

  private void follow(boolean framed) {
    EngineException failure = null;
    try (connection;
        RecordStream records = new RecordStream(connection.input(), framed, connection::close)) {
      for (Optional<LogRecord> next = records.next(); next.isPresent(); next = records.next()) {
        LogRecord piece = next.get();
        (piece.stream() == Stream.OUT ? out : err).put(piece.bytes());
      }
      exit.complete(exitCode());
    } catch (EngineException e) {
      failure = e;
    } catch (InterruptedException e) {
      failure = new EngineException(Kind.CANCELLED, "cancelled", e);
    } finally {
      out.end(failure);
      err.end(failure);
      if (failure != null) {
        exit.completeExceptionally(failure);
      }
    }
  }

  /** The connection may end before the process does, if that has closed its output. */
  private int exitCode() throws InterruptedException {
    Duration rest = FIRST_LOOK;
    JsonNode now = look();
    while (now.path("Running").asBoolean()) {
      Thread.sleep(rest);
      rest = rest.compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : rest;
      now = look();
    }
    return now.path("ExitCode").asInt();
  }

  /** No other engine knows of this process, so none is started to be asked. */
  private JsonNode look() {
    try {
      return ApiClient.watch(() -> api.get(ApiClient.url("exec", id, "json")));
    } catch (EngineException e) {
      boolean another = !api.engine().equals(connection.engine());
      boolean gone = e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.NOT_FOUND && another;
      throw gone
          ? new EngineException(
              Kind.UNAVAILABLE,
              "the engine went away while the process ran",
              "the process may run on in its container, but nobody can join it again",
              e)
          : e;
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return in;
  }

  @Override
  public InputStream getInputStream() {
    return outBytes;
  }

  @Override
  public InputStream getErrorStream() {
    return errBytes;
  }

  @Override
  public long pid() {
    return api.get(ApiClient.url("exec", id, "json")).path("Pid").asLong();
  }

  /**
   * Sends a signal, as only our engine can.
   *
   * @throws EngineException NOT_FOUND from another engine
   */
  @Override
  public void signal(int number) {
    if (isAlive()) {
      api.post(
          ApiClient.url(OwnFields.PATH, "exec", id, "kill")
              .addQueryParameter("signal", Integer.toString(number)));
    }
  }

  @Override
  public void resize(TerminalSize size) {
    if (isAlive()) {
      api.post(
          ApiClient.url("exec", id, "resize")
              .addQueryParameter("h", Integer.toString(size.rows()))
              .addQueryParameter("w", Integer.toString(size.columns())));
    }
  }
}
