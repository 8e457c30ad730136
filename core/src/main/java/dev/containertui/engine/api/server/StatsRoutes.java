package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.GuestProcess;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.Facts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** {@code docker stats} and {@code docker top}. */
final class StatsRoutes {
  private static final long INTERVAL_MILLIS = 1000;

  private final Engine engine;

  StatsRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/containers/{id}/stats", this::stats);
    routes.get("/containers/{id}/top", this::top);
  }

  private void stats(Request request) throws IOException, InterruptedException {
    Container container = Lookup.container(engine, request);
    request.exchange().endWithClient();
    if (request.query().flag("one-shot")) {
      request.answer(StatsJson.of(container, sample(container), Optional.empty()));
      return;
    }
    if (!request.query().flag("stream", true)) {
      Optional<ContainerStats> before = sample(container);
      if (before.isPresent()) {
        Thread.sleep(INTERVAL_MILLIS); // Shares of CPUs need two samples.
      }
      request.answer(StatsJson.of(container, sample(container), before));
      return;
    }
    try (OutputStream body = request.exchange().stream(200, Request.JSON)) {
      Optional<ContainerStats> before = Optional.empty();
      while (engine.containers().find(container.id()).isPresent()) {
        Optional<ContainerStats> now = sample(container);
        body.write(Json.bytes(StatsJson.of(container, now, before)));
        body.flush();
        before = now;
        Thread.sleep(INTERVAL_MILLIS);
      }
    }
  }

  /** Empty if it does not run. */
  private static Optional<ContainerStats> sample(Container container) {
    if (!container.state().isActive()) {
      return Optional.empty();
    }
    try {
      return Optional.of(container.stats());
    } catch (EngineException e) {
      if (e.kind() == Kind.CONFLICT || !container.state().isActive()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void top(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    if (!container.state().isActive()) {
      throw new Failure(409, "container %s is not running".formatted(container.id()));
    }
    List<GuestProcess> processes = container.processes();
    ObjectNode json = TopTable.of(processes, request.query().text("ps_args").orElse("-ef"));
    json.set(ContainerTui.FIELD, Facts.write(processes));
    request.answer(json);
  }
}
