package dev.containertui.engine.api.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.Engine.Subscription;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Request;

/**
 * A subscription to an engine's events that outlives the engine: when the stream breaks it is asked
 * for again, from where it broke. It does not start an engine: whoever wants something does.
 */
final class RemoteEvents implements Subscription {
  private static final Duration FIRST_REST = Duration.ofMillis(50);
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private final ApiClient api;
  private final Changes changes;
  private final Consumer<EngineEvent> listener;
  private final Thread thread;
  private volatile boolean closed;
  private volatile ApiClient.Answer answer;

  /** Time of the last event, and what has been told of that very time. */
  private Instant last;

  private final Set<EngineEvent> toldThen = new HashSet<>();

  private RemoteEvents(
      ApiClient api, Changes changes, Instant since, Consumer<EngineEvent> listener) {
    this.api = api;
    this.changes = changes;
    this.listener = listener;
    last = since;
    thread = Thread.ofVirtual().name("events").unstarted(this::run);
  }

  /** Returns once the engine tells events, or there is none. */
  static RemoteEvents subscribe(
      ApiClient api, Changes changes, Optional<Instant> since, Consumer<EngineEvent> listener) {
    RemoteEvents events = new RemoteEvents(api, changes, since.orElseGet(Instant::now), listener);
    try {
      events.answer = events.ask(since.isPresent());
    } catch (EngineException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
    }
    events.thread.start();
    return events;
  }

  private ApiClient.Answer ask(boolean fromLast) {
    var url = ApiClient.url("events");
    if (fromLast) {
      url.addQueryParameter("since", RemoteContainer.seconds(last));
    }
    return ApiClient.watch(() -> api.streamSoon(new Request.Builder().url(url.build())));
  }

  private void run() {
    Duration rest = FIRST_REST;
    while (!closed) {
      if (answer != null && read(answer)) {
        rest = FIRST_REST;
      }
      answer = null;
      try {
        if (!closed) {
          Thread.sleep(rest);
          rest = rest.compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
          answer = ask(true);
          if (closed) {
            answer.cancel();
          }
          changes.happened();
        }
      } catch (EngineException e) {
        // Nobody is there, or not yet.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Tells events until the stream breaks; whether any came. */
  private boolean read(ApiClient.Answer from) {
    boolean any = false;
    try (var _ = from.response();
        JsonParser parser = Json.parser(from.body())) {
      for (JsonNode json = Json.next(parser); !json.isMissingNode(); json = Json.next(parser)) {
        any = true;
        changes.happened();
        event(json).ifPresent(this::tell);
      }
    } catch (IOException e) {
      // It broke: the engine is gone, or this is closed.
    }
    return any;
  }

  private void tell(EngineEvent event) {
    if (event.at().isBefore(last)) {
      return;
    } else if (event.at().isAfter(last)) {
      toldThen.clear();
      last = event.at();
    }
    if (toldThen.add(event) && !closed) {
      listener.accept(event);
    }
  }

  private static Optional<EngineEvent> event(JsonNode json) {
    JsonNode actor = json.path("Actor");
    String id = Json.text(actor, "ID");
    Map<String, String> attributes = new HashMap<>(Json.map(actor.path("Attributes")));
    String action = Json.text(json, "Action");
    Instant at = time(json);
    if (Json.text(json, "Type").equals("image")) {
      return Optional.of(
          new ImageChanged(at, action, id.isEmpty() ? attributes.getOrDefault("name", "") : id));
    } else if (!Json.text(json, "Type").equals("container")) {
      return Optional.empty();
    }
    int colon = action.indexOf(':');
    if (colon > 0) { // "health_status: healthy", "exec_create: sh"
      attributes.putIfAbsent(
          action.startsWith("health") ? "health" : "command", action.substring(colon + 1).strip());
      action = action.substring(0, colon);
    }
    String name = attributes.remove("name");
    return Optional.of(new ContainerChanged(at, action, id, name == null ? "" : name, attributes));
  }

  private static Instant time(JsonNode json) {
    long nanos = json.path("timeNano").asLong();
    return nanos > 0
        ? Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000)
        : Instant.ofEpochSecond(json.path("time").asLong());
  }

  @Override
  public void close() {
    closed = true;
    ApiClient.Answer open = answer;
    if (open != null) {
      open.cancel();
    }
    thread.interrupt();
  }
}
