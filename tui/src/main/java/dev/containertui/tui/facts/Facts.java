package dev.containertui.tui.facts;

import dev.containertui.container.ContainerStats;
import dev.containertui.engine.EngineEvent;
import dev.containertui.image.ImageSummary;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the engine has told: the same for all screens.
 *
 * @param containersKnown false until the engine was asked the first time
 * @param failure why the engine cannot be asked; empty if it can
 * @param usage by container id, of those that run or have run
 * @param events the last ones, newest last
 * @param now the time that ages are reckoned from
 */
public record Facts(
    EngineDescription engine,
    boolean endsWithCaller,
    boolean containersKnown,
    boolean imagesKnown,
    String failure,
    List<ContainerFacts> containers,
    Map<String, Usage> usage,
    List<ImageSummary> images,
    List<EngineEvent> events,
    Instant now) {
  public static final Slot<Facts> SLOT =
      new Slot<>(
          "facts",
          new Facts(
              EngineDescription.STARTING,
              false,
              false,
              false,
              "",
              List.of(),
              Map.of(),
              List.of(),
              List.of(),
              Instant.EPOCH));

  private static final int MAX_EVENTS = 1000;

  public Facts {
    containers = List.copyOf(containers);
    usage = Map.copyOf(usage);
    images = List.copyOf(images);
    events = List.copyOf(events);
  }

  public static Facts of(State state) {
    return state.get(SLOT);
  }

  public Optional<ContainerFacts> container(String id) {
    return containers.stream().filter(c -> c.id().equals(id)).findFirst();
  }

  /** The container that a user names: by name, else by the start of its id. */
  public Optional<ContainerFacts> find(String nameOrId) {
    return containers.stream()
        .filter(c -> c.name().equals(nameOrId))
        .findFirst()
        .or(() -> containers.stream().filter(c -> c.id().startsWith(nameOrId)).findFirst());
  }

  /** What the machines that run use together. */
  public Totals totals() {
    return Totals.of(this);
  }

  public Usage usage(String id) {
    return usage.getOrDefault(id, Usage.UNKNOWN);
  }

  public int running() {
    return (int) containers.stream().filter(ContainerFacts::isRunning).count();
  }

  /** How many would be ended by quitting, if the engine ends with this program. */
  public int alive() {
    return (int) containers.stream().filter(ContainerFacts::isAlive).count();
  }

  public Facts withEngine(EngineDescription description, boolean ends) {
    return changed(
        draft -> {
          draft.engine = description;
          draft.endsWithCaller = ends;
        });
  }

  /** Takes the list of all containers that there are now. */
  public Facts withContainers(List<ContainerFacts> all, Instant at) {
    Map<String, Usage> kept = new HashMap<>();
    for (ContainerFacts c : all) {
      Usage known = usage.get(c.id());
      if (known != null) {
        kept.put(c.id(), c.hasMachine() ? known : known.ended());
      }
    }
    return changed(
        draft -> {
          draft.containersKnown = true;
          draft.failure = "";
          draft.containers = all;
          draft.usage = kept;
          draft.now = at;
        });
  }

  public Facts withStats(Map<String, ContainerStats> samples, Instant at) {
    Map<String, Usage> more = new HashMap<>(usage);
    for (ContainerFacts c : containers) {
      if (c.hasMachine() && samples.containsKey(c.id())) {
        more.put(c.id(), usage(c.id()).with(samples.get(c.id())));
      }
    }
    return changed(
        draft -> {
          draft.usage = more;
          draft.now = at;
        });
  }

  public Facts withImages(List<ImageSummary> all) {
    return changed(
        draft -> {
          draft.imagesKnown = true;
          draft.images = all;
        });
  }

  public Facts withEvent(EngineEvent event) {
    List<EngineEvent> more = new ArrayList<>(events);
    more.add(event);
    if (more.size() > MAX_EVENTS) {
      more.removeFirst();
    }
    return changed(draft -> draft.events = more);
  }

  /** Nothing more is to be expected then: what is not known by now counts as known. */
  public Facts withFailure(String reason) {
    return changed(
        draft -> {
          draft.containersKnown = true;
          draft.imagesKnown = true;
          draft.failure = reason;
        });
  }

  public Facts withNow(Instant at) {
    return changed(draft -> draft.now = at);
  }

  private Facts changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.facts();
  }

  /** A copy to be changed: one place that knows all parts. */
  private static final class Draft {
    EngineDescription engine;
    boolean endsWithCaller;
    boolean containersKnown;
    boolean imagesKnown;
    String failure;
    List<ContainerFacts> containers;
    Map<String, Usage> usage;
    List<ImageSummary> images;
    List<EngineEvent> events;
    Instant now;

    Draft(Facts facts) {
      engine = facts.engine;
      endsWithCaller = facts.endsWithCaller;
      containersKnown = facts.containersKnown;
      imagesKnown = facts.imagesKnown;
      failure = facts.failure;
      containers = facts.containers;
      usage = facts.usage;
      images = facts.images;
      events = facts.events;
      now = facts.now;
    }

    Facts facts() {
      return new Facts(
          engine,
          endsWithCaller,
          containersKnown,
          imagesKnown,
          failure,
          containers,
          usage,
          images,
          events,
          now);
    }
  }
}
