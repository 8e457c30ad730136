package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.LinuxSignal;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.api.http.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Starts, stops and awaits containers. */
final class LifeRoutes {
  private final Engine engine;

  LifeRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.post("/containers/{id}/start", this::start);
    routes.post("/containers/{id}/stop", this::stop);
    routes.post("/containers/{id}/restart", this::restart);
    routes.post("/containers/{id}/kill", this::kill);
    routes.post("/containers/{id}/pause", this::pause);
    routes.post("/containers/{id}/unpause", this::unpause);
    routes.post("/containers/{id}/wait", this::await);
  }

  private void start(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    if (runs(container.state())) {
      request.notModified();
      return;
    }
    container.start();
    request.noContent();
  }

  private static boolean runs(ContainerState state) {
    return state.isActive() && !(state instanceof ContainerState.Restarting);
  }

  private void stop(Request request) throws IOException, InterruptedException {
    Container container = Lookup.container(engine, request);
    if (!container.state().isActive()) {
      request.notModified();
      return;
    }
    Optional<String> signal = request.query().text("signal");
    Duration grace = grace(request).orElse(container.spec().stopTimeout());
    if (signal.isPresent()) {
      stop(container, LinuxSignal.number(signal.get()), grace);
    } else {
      container.stop(grace);
    }
    request.noContent();
  }

  /** Stops with another signal than the container's own. */
  private static void stop(Container container, int signal, Duration grace)
      throws InterruptedException {
    Thread end =
        Thread.ofVirtual()
            .name("api-stop")
            .unstarted(
                () -> {
                  try {
                    container.await(WaitCondition.NOT_RUNNING);
                  } catch (InterruptedException e) {
                    // It has had its time.
                  }
                });
    container.kill(signal);
    end.start();
    end.join(grace);
    end.interrupt();
    container.stop(Duration.ZERO);
  }

  /** How long to wait before the main process is killed. */
  private static Optional<Duration> grace(Request request) {
    OptionalLong seconds = request.query().number("t");
    return seconds.isPresent()
        ? Optional.of(Timeouts.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  private void restart(Request request) throws IOException, InterruptedException {
    Container container = Lookup.container(engine, request);
    Optional<String> signal = request.query().text("signal");
    if (signal.isPresent() && container.state().isActive()) {
      Duration grace = grace(request).orElse(container.spec().stopTimeout());
      stop(container, LinuxSignal.number(signal.get()), grace);
      container.start();
    } else {
      container.restart(grace(request));
    }
    request.noContent();
  }

  private void kill(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    int signal = LinuxSignal.number(request.query().text("signal").orElse("KILL"));
    if (!container.state().isActive()) {
      throw new Failure(
          409, "cannot kill container: %s: container is not running".formatted(container.name()));
    }
    container.kill(signal);
    request.noContent();
  }

  private void pause(Request request) throws IOException {
    Lookup.container(engine, request).pause();
    request.noContent();
  }

  private void unpause(Request request) throws IOException {
    Lookup.container(engine, request).unpause();
    request.noContent();
  }

  /**
   * The head of the answer goes out at once: clients wait for it before they start the container.
   */
  private void await(Request request) throws IOException, InterruptedException {
    Container container = Lookup.container(engine, request);
    WaitCondition condition = condition(request.query().text("condition").orElse("not-running"));
    request.exchange().endWithClient();
    BlockingQueue<Integer> exits = new ArrayBlockingQueue<>(1);
    // What ends between the head and the waiting must not be missed: listen first.
    try (Engine.Subscription _ =
        engine.onEvent(
            event -> {
              if (event instanceof ContainerChanged change
                  && change.containerId().equals(container.id())
                  && change.action().equals("die")) {
                exits.offer(exitCode(change, container));
              }
            })) {
      OutputStream body = request.exchange().stream(200, Request.JSON);
      int code = condition == WaitCondition.NEXT_EXIT ? exits.take() : container.await(condition);
      body.write(Json.bytes(answer(container, code)));
      body.close();
    }
  }

  private static int exitCode(ContainerChanged change, Container container) {
    String code = change.attributes().getOrDefault("exitCode", "");
    return code.matches("-?[0-9]{1,9}")
        ? Integer.parseInt(code)
        : StateJson.exitCode(container.state());
  }

  private static ObjectNode answer(Container container, int code) {
    ObjectNode json = Json.object().put("StatusCode", code < 0 ? StateJson.FAILED_EXIT_CODE : code);
    if (code < 0 && container.state() instanceof Failed failed) {
      json.putObject("Error").put("Message", failed.reason());
    }
    return json;
  }

  private static WaitCondition condition(String name) {
    return switch (name) {
      case "not-running" -> WaitCondition.NOT_RUNNING;
      case "next-exit" -> WaitCondition.NEXT_EXIT;
      case "removed" -> WaitCondition.REMOVED;
      default -> throw new Failure(400, "invalid condition: \"" + name + "\"");
    };
  }
}
