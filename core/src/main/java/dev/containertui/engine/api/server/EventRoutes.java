package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code docker events}. */
final class EventRoutes {
  private static final Set<String> FILTERS =
      Set.of(
          "config",
          "container",
          "daemon",
          "event",
          "image",
          "label",
          "network",
          "node",
          "plugin",
          "scope",
          "secret",
          "service",
          "type",
          "volume");
  private static final int MAX_PENDING = 4096;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Engine engine;

  EventRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/events", this::events);
  }

  private void events(Request request) throws IOException, InterruptedException {
    Filters filters = new Filters(request.query(), FILTERS);
    Optional<Instant> since = request.query().time("since");
    Optional<Instant> until = request.query().time("until");
    request.exchange().endWithClient();
    BlockingQueue<EngineEvent> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    // A client that does not read loses the newest: its own past is what it knows.
    try (Engine.Subscription _ =
            since.isPresent()
                ? engine.onEvent(since.get(), pending::offer)
                : engine.onEvent(pending::offer);
        OutputStream body = request.exchange().stream(200, Request.JSON)) {
      while (true) {
        EngineEvent event = until.isPresent() ? poll(pending, until.get()) : pending.take();
        if (event == null || until.isPresent() && event.at().isAfter(until.get())) {
          return;
        }
        if (since.isPresent() && event.at().isBefore(since.get())) {
          continue;
        }
        if (allows(filters, event)) {
          body.write(Json.bytes(json(event)));
          body.flush();
        }
      }
    }
  }

  /** The next event before a time; null if there is none. */
  private static EngineEvent poll(BlockingQueue<EngineEvent> pending, Instant until)
      throws InterruptedException {
    // A past that is told comes at once, but not in the same instant.
    Duration left = Duration.between(Instant.now(), until);
    Duration wait = left.compareTo(Duration.ofMillis(250)) < 0 ? Duration.ofMillis(250) : left;
    return pending.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean allows(Filters filters, EngineEvent event) {
    if (!filters.allows("scope", "local")) {
      return false;
    }
    return switch (event) {
      case ContainerChanged change ->
          filters.allows("type", "container")
              && allowsAction(filters, action(change))
              && !filters.has("volume")
              && (!filters.has("container")
                  || filters.all("container").stream().anyMatch(name -> isMeant(change, name)))
              && (!filters.has("image")
                  || filters.all("image").stream()
                      .anyMatch(
                          name -> isImage(change.attributes().getOrDefault("image", ""), name)))
              && filters.allowsLabels(change.attributes());
      case ImageChanged change ->
          filters.allows("type", "image")
              && allowsAction(filters, change.action())
              && !filters.has("container")
              && !filters.has("volume")
              && (!filters.has("image")
                  || filters.all("image").stream()
                      .anyMatch(name -> isImage(change.reference(), name)))
              && filters.allowsLabels(Map.of());
    };
  }

  /** {@code exec_create: sh} is meant by {@code exec_create} too. */
  private static boolean allowsAction(Filters filters, String action) {
    return filters.allows("event", action)
        || filters.allows("event", action.replaceFirst(":.*", ""));
  }

  private static boolean isMeant(ContainerChanged change, String name) {
    return change.name().equals(name)
        || change.containerId().equals(name)
        || name.length() >= 12 && change.containerId().startsWith(name);
  }

  private static boolean isImage(String reference, String name) {
    return reference.equals(name)
        || ImageJson.isCalled(reference, name)
        || reference.replaceFirst(":[^:/]*$", "").equals(name);
  }

  static ObjectNode json(EngineEvent event) {
    ObjectNode json = Json.object();
    Map<String, String> attributes;
    switch (event) {
      case ContainerChanged change -> {
        String action = action(change);
        json.put("status", action).put("id", change.containerId());
        if (change.attributes().containsKey("image")) {
          json.put("from", change.attributes().get("image"));
        }
        attributes = new TreeMap<>(change.attributes());
        attributes.put("name", change.name());
        actor(json, "container", action, change.containerId(), attributes);
      }
      case ImageChanged change -> {
        json.put("status", change.action()).put("id", change.reference());
        actor(
            json, "image", change.action(), change.reference(), Map.of("name", change.reference()));
      }
    }
    return json.put("scope", "local")
        .put("time", event.at().getEpochSecond())
        .put("timeNano", event.at().getEpochSecond() * NANOS_PER_SECOND + event.at().getNano());
  }

  /** Docker puts what a check of health has found into the action itself. */
  private static String action(ContainerChanged change) {
    String health = change.attributes().getOrDefault("health", "");
    return change.action().equals("health_status") && !health.isEmpty()
        ? "health_status: " + health
        : change.action();
  }

  private static void actor(
      ObjectNode json, String type, String action, String id, Map<String, String> attributes) {
    json.put("Type", type).put("Action", action);
    json.putObject("Actor").put("ID", id).set("Attributes", Json.map(attributes));
  }
}
