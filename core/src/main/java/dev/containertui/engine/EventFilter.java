package dev.containertui.engine;

import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events are meant, by docker's rules ({@code events --filter}, {@code GET /events?filters}).
 *
 * <p>Keys: {@code type} ({@code container} or {@code image}), {@code event} (an action; {@code
 * health_status} means all of that name), {@code container} (name, id or the beginning of an id),
 * {@code image}, {@code label}.
 */
public final class EventFilter implements Predicate<EngineEvent> {
  private static final Set<String> KEYS = Set.of("type", "event", "container", "image", "label");

  private final FilterTerms terms;

  private EventFilter(FilterTerms terms) {
    this.terms = terms;
  }

  /**
   * @throws dev.containertui.error.EngineException INVALID if there is no such key
   */
  public static EventFilter of(FilterTerms terms) {
    terms.require(KEYS);
    return new EventFilter(terms);
  }

  @Override
  public boolean test(EngineEvent event) {
    return switch (event) {
      case ContainerChanged changed ->
          holds("type", "container"::equals)
              && holds("event", value -> isAction(value, changed.action()))
              && holds("container", value -> isContainer(value, changed))
              && holds("image", value -> isImage(value, changed.attributes().get("image")))
              && new LabelTerms(terms.of("label"), List.of()).match(changed.attributes());
      case ImageChanged changed ->
          !terms.has("container")
              && holds("type", "image"::equals)
              && holds("event", value -> isAction(value, changed.action()))
              && holds("image", value -> isImage(value, changed.reference()))
              && new LabelTerms(terms.of("label"), List.of()).match(Map.of());
    };
  }

  private boolean holds(String key, Predicate<String> condition) {
    return !terms.has(key) || terms.of(key).stream().anyMatch(condition);
  }

  private static boolean isAction(String wanted, String action) {
    return action.equals(wanted) || action.startsWith(wanted + ":");
  }

  private static boolean isContainer(String wanted, ContainerChanged event) {
    return event.name().equals(wanted)
        || !wanted.isEmpty() && event.containerId().startsWith(wanted);
  }

  /** With or without registry and tag. */
  private static boolean isImage(String wanted, String image) {
    if (image == null) {
      return false;
    }
    String name = image.replaceFirst("^docker\\.io/(library/)?", "");
    return image.equals(wanted) || name.equals(wanted) || withoutTag(name).equals(wanted);
  }

  private static String withoutTag(String name) {
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
