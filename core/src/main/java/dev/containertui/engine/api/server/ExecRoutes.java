package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.StreamFrame;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.http.Takeover;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docker exec}. */
final class ExecRoutes {
  private static final int BUFFER_BYTES = 32 << 10;
  private static final TerminalSize DEFAULT_TERMINAL = new TerminalSize(80, 24);
  private static final int NOT_FOUND_EXIT_CODE = 127;
  private static final int NOT_EXECUTABLE_EXIT_CODE = 126;

  private final Engine engine;
  private final ExecTable sessions;

  ExecRoutes(Engine engine, ExecTable sessions) {
    this.engine = engine;
    this.sessions = sessions;
  }

  void addTo(Routes routes) {
    routes.post("/containers/{id}/exec", this::create);
    routes.post("/exec/{id}/start", this::start);
    routes.post("/exec/{id}/resize", this::resize);
    routes.get("/exec/{id}/json", this::inspect);
  }

  private void create(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    ObjectNode body = request.json();
    List<String> command = SpecReader.words(body, "Cmd");
    if (command.isEmpty()) {
      throw new Failure(400, "No exec command specified");
    }
    if (body.path("Privileged").asBoolean()) {
      throw new Failure(501, "this engine does not have a choice of privileges: Privileged");
    }
    if (container.state() instanceof Paused) {
      throw new Failure(
          409,
          "Container %s is paused, unpause the container before exec".formatted(container.name()));
    }
    if (!container.state().isActive()) {
      throw new Failure(409, "container %s is not running".formatted(container.id()));
    }
    ProcessSpec spec =
        new ProcessSpec(
            command,
            environment(body),
            SpecReader.text(body, "WorkingDir"),
            SpecReader.text(body, "User"),
            body.path("Tty").asBoolean()
                ? Optional.of(SpecReader.size(body.path("ConsoleSize")).orElse(DEFAULT_TERMINAL))
                : Optional.empty(),
            body.path("AttachStdin").asBoolean());
    // Our own client looks for such keys itself.
    DetachKeys keys =
        body.has(ContainerTui.FIELD) ? null : DetachKeys.parse(SpecReader.text(body, "DetachKeys"));
    request.answer(201, Json.object().put("Id", sessions.add(container, spec, keys).id()));
  }

  private static Map<String, String> environment(ObjectNode body) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : SpecReader.strings(body, "Env")) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  private void start(Request request) throws IOException, InterruptedException {
    ExecSession session = sessions.get(request.path("id"));
    ObjectNode body = request.json();
    boolean terminal = session.spec().terminal().isPresent();
    ProcessSpec spec =
        SpecReader.size(body.path("ConsoleSize"))
            .filter(_ -> terminal)
            .map(session.spec()::onTerminal)
            .orElse(session.spec());
    if (!session.begin()) {
      throw new Failure(409, "exec command has already run: " + session.id());
    }
    if (body.path("Detach").asBoolean()) {
      ContainerProcess process = begin(session, spec);
      Thread.ofVirtual().name("api-exec").start(() -> discard(session, process));
      request.exchange().answer(200, "", new byte[0]);
      return;
    }
    // Our own client wants to be told by the status that it cannot be executed.
    ContainerProcess started = body.has(ContainerTui.FIELD) ? begin(session, spec) : null;
    Takeover client = request.exchange().takeOver(AttachRoutes.contentType(request, terminal));
    StreamWriter writer = new StreamWriter(client.output(), terminal, false);
    try {
      serve(session, started != null ? started : begin(session, spec), client, writer);
    } catch (EngineException e) {
      // As Docker does it: the connection is another already, so it is told there.
      byte[] message = (Failures.message(e) + "\r\n").getBytes(StandardCharsets.UTF_8);
      writer.write(StreamFrame.STDERR, message, 0, message.length);
    }
    client.endOutput();
  }

  private static ContainerProcess begin(ExecSession session, ProcessSpec spec) {
    try {
      ContainerProcess process = session.container().exec(spec);
      session.started(process);
      return process;
    } catch (EngineException e) {
      session.ended(
          switch (e.kind()) {
            case COMMAND_NOT_FOUND -> NOT_FOUND_EXIT_CODE;
            case NOT_EXECUTABLE -> NOT_EXECUTABLE_EXIT_CODE;
            default -> StateJson.FAILED_EXIT_CODE;
          });
      throw e;
    }
  }

  /** Carries bytes until the process has ended, or the client is gone or has let go. */
  private static void serve(
      ExecSession session, ContainerProcess process, Takeover client, StreamWriter writer)
      throws InterruptedException {
    Thread self = Thread.currentThread();
    StdinPump pump =
        session.spec().openStdin()
            ? new StdinPump(
                client.input(),
                process.getOutputStream(),
                session.spec().terminal().isPresent() ? session.keys() : null,
                self::interrupt)
            : null;
    Thread errors =
        Thread.ofVirtual()
            .name("api-stderr")
            .start(() -> copy(process.getErrorStream(), writer, StreamFrame.STDERR));
    boolean stays = copy(process.getInputStream(), writer, StreamFrame.STDOUT);
    stays &= !Thread.interrupted();
    try {
      if (stays) {
        errors.join();
        finish(session, process);
        return;
      }
    } finally {
      if (pump != null) {
        pump.stop();
      }
      errors.interrupt();
    }
    // Without its reader the process would stand still at its next word.
    Thread.ofVirtual().name("api-exec").start(() -> discard(session, process));
  }

  /** Whether it reached the end; false if the client takes no more. */
  private static boolean copy(InputStream source, StreamWriter writer, int stream) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
        writer.write(stream, buffer, 0, count);
      }
      return true;
    } catch (IOException | EngineException e) {
      return false;
    }
  }

  private static void finish(ExecSession session, ContainerProcess process)
      throws InterruptedException {
    try {
      session.ended(process.waitFor());
    } catch (EngineException e) {
      session.ended(StateJson.FAILED_EXIT_CODE); // Its machine is gone.
    }
  }

  /** Reads what nobody wants, so that the process goes on. */
  private static void discard(ExecSession session, ContainerProcess process) {
    Thread errors =
        Thread.ofVirtual().name("api-stderr").start(() -> skip(process.getErrorStream()));
    skip(process.getInputStream());
    try {
      errors.join();
      finish(session, process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void skip(InputStream source) {
    try {
      source.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The process or its machine has ended.
    }
  }

  private void resize(Request request) throws IOException {
    ExecSession session = sessions.get(request.path("id"));
    TerminalSize size = AttachRoutes.size(request.query());
    ContainerProcess process = session.process();
    if (process == null) {
      throw new Failure(409, "exec process is not started: " + session.id());
    }
    process.resize(size);
    request.exchange().answer(200, "", new byte[0]);
  }

  private void inspect(Request request) throws IOException {
    ExecSession session = sessions.get(request.path("id"));
    ProcessSpec spec = session.spec();
    ObjectNode json = Json.object().put("ID", session.id()).put("Running", session.isRunning());
    if (session.exitCode().isPresent()) {
      json.put("ExitCode", session.exitCode().getAsInt());
    } else {
      json.putNull("ExitCode");
    }
    ObjectNode config = json.putObject("ProcessConfig");
    config
        .put("tty", spec.terminal().isPresent())
        .put("entrypoint", spec.command().getFirst())
        .set("arguments", Json.strings(spec.command().subList(1, spec.command().size())));
    config.put("privileged", false);
    spec.user().ifPresent(user -> config.put("user", user));
    ContainerProcess process = session.process();
    json.put("OpenStdin", spec.openStdin())
        .put("OpenStderr", true)
        .put("OpenStdout", true)
        .put("CanRemove", session.isOver())
        .put("ContainerID", session.container().id())
        .put("DetachKeys", "")
        .put("Pid", process == null ? 0 : process.pid());
    request.answer(json);
  }
}
