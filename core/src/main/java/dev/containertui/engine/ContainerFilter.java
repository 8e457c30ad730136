package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.network.PortMatch;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which containers are meant, by docker's rules ({@code ps --filter}, {@code GET
 * /containers/json?filters}): the conditions on different keys must all hold; of the values of one
 * key one will do, but all labels must be there.
 *
 * <p>Keys: {@code id} and {@code name} (regular expressions), {@code label}, {@code label!}, {@code
 * status}, {@code exited} (an exit code), {@code ancestor} (an image), {@code before} and {@code
 * since} (a container), {@code health}, {@code volume} (a name or a place), {@code publish} (a port
 * of the host) and {@code expose} (a port of the container), of which one will do, {@code until}
 * (created before that time).
 */
public final class ContainerFilter {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "name",
          "label",
          "label!",
          "status",
          "exited",
          "ancestor",
          "before",
          "since",
          "health",
          "volume",
          "publish",
          "expose",
          "until");
  private static final Set<String> PRUNE_KEYS = Set.of("label", "label!", "until");
  private static final Set<String> STATUSES =
      Set.of(
          "created",
          "restarting",
          "running",
          "removing",
          "paused",
          "exited",
          "dead",
          "starting",
          "stopping",
          "failed");
  private static final Set<String> HEALTH = Set.of("none", "starting", "healthy", "unhealthy");
  private static final int MAX_PATTERN = 256;

  private final FilterTerms terms;
  private final Optional<Instant> until;
  private final List<Pattern> ids;
  private final List<Pattern> names;
  private final List<PortMatch> published;
  private final List<PortMatch> exposed;

  private ContainerFilter(FilterTerms terms, Instant now, ZoneId zone) {
    this.terms = terms;
    terms.of("status").forEach(value -> requireOneOf("status", value, STATUSES));
    terms.of("health").forEach(value -> requireOneOf("health", value, HEALTH));
    terms.of("exited").forEach(ContainerFilter::exitCode);
    FilterTerms.requireSingle("until", terms.of("until"));
    until = terms.of("until").stream().findFirst().map(t -> PointsInTime.instant(t, now, zone));
    ids = patterns("id");
    names = patterns("name");
    published = terms.of("publish").stream().map(PortMatch::parse).toList();
    exposed = terms.of("expose").stream().map(PortMatch::parse).toList();
  }

  /**
   * A filter for lists.
   *
   * @param now for {@code until=10m}
   * @param zone for {@code until=2026-01-31}
   * @throws EngineException INVALID if there is no such key, or no such value
   */
  public static ContainerFilter of(FilterTerms terms, Instant now, ZoneId zone) {
    terms.require(KEYS);
    return new ContainerFilter(terms, now, zone);
  }

  /**
   * The same for {@code container prune}, which has {@code label}, {@code label!}, {@code until}.
   */
  public static ContainerFilter ofPrune(FilterTerms terms, Instant now, ZoneId zone) {
    terms.require(PRUNE_KEYS);
    return new ContainerFilter(terms, now, zone);
  }

  /** Whether containers that do not run are asked for: then a list has them without {@code -a}. */
  public boolean asksForEnded() {
    return terms.has("status");
  }

  /**
   * Looks up what the filter names.
   *
   * @throws EngineException NOT_FOUND if there is no container that {@code before} or {@code since}
   *     names
   */
  public Predicate<Container> in(Engine engine) {
    Optional<Container> before = named(engine, "before");
    Optional<Container> since = named(engine, "since");
    Set<String> ancestors = ancestors(engine);
    return container ->
        anyMatches(ids, container.id())
            && anyMatches(names, container.name())
            && LabelTerms.of(terms).match(container.spec().labels())
            && until.map(container.createdAt()::isBefore).orElse(true)
            && before.map(b -> container.createdAt().isBefore(b.createdAt())).orElse(true)
            && since.map(s -> container.createdAt().isAfter(s.createdAt())).orElse(true)
            && (!terms.has("ancestor") || ancestors.contains(container.imageDigest()))
            && holds("volume", value -> VolumeUsers.hasMount(container, value))
            && holds("status", value -> isInStatus(container.state(), value))
            && holds("exited", value -> hasExited(container.state(), exitCode(value)))
            && PortMatch.allow(
                published, exposed, container.ports(), container.spec().ports().served())
            && holds("health", value -> health(container).equals(value));
  }

  /**
   * The state in docker's words: {@code created}, {@code running}, {@code paused}, {@code
   * restarting} or {@code exited}.
   */
  public static String statusOf(ContainerState state) {
    return switch (state) {
      case ContainerState.Created _, ContainerState.Starting _ -> "created";
      case ContainerState.Running _, ContainerState.Stopping _ -> "running";
      case ContainerState.Paused _ -> "paused";
      case ContainerState.Restarting _ -> "restarting";
      case ContainerState.Exited _, ContainerState.Failed _ -> "exited";
    };
  }

  private static boolean isInStatus(ContainerState state, String status) {
    return statusOf(state).equals(status) || state.word().equals(status);
  }

  private static boolean hasExited(ContainerState state, int exitCode) {
    return switch (state) {
      case ContainerState.Exited exited -> exited.exitCode() == exitCode;
      case ContainerState.Failed _ -> exitCode == -1;
      default -> false;
    };
  }

  private static String health(Container container) {
    return container
        .health()
        .map(health -> health.status().name().toLowerCase(Locale.ROOT))
        .orElse("none");
  }

  private boolean holds(String key, Predicate<String> condition) {
    return !terms.has(key) || terms.of(key).stream().anyMatch(condition);
  }

  private static boolean anyMatches(List<Pattern> patterns, String text) {
    return patterns.isEmpty() || patterns.stream().anyMatch(p -> p.matcher(text).find());
  }

  private Optional<Container> named(Engine engine, String key) {
    List<String> values = terms.of(key);
    FilterTerms.requireSingle(key, values);
    return values.stream()
        .findFirst()
        .map(
            name ->
                engine
                    .containers()
                    .find(name)
                    .orElseThrow(
                        () -> new EngineException(Kind.NOT_FOUND, "no such container: " + name)));
  }

  /** Manifests of the named images; a name that no image has, none has descended from. */
  private Set<String> ancestors(Engine engine) {
    Set<String> digests = new HashSet<>();
    for (String name : terms.of("ancestor")) {
      if (name.startsWith("sha256:")) {
        digests.add(name);
      }
      engine.images().find(name).map(ImageSummary::digest).ifPresent(digests::add);
    }
    return digests;
  }

  private List<Pattern> patterns(String key) {
    return terms.of(key).stream().map(text -> pattern(key, text)).toList();
  }

  /** Docker's names begin with a slash there, so its users write {@code name=^/web$}. */
  private static Pattern pattern(String key, String text) {
    try {
      if (text.length() > MAX_PATTERN) {
        throw new EngineException(Kind.INVALID, "filter '" + key + "' is too long");
      }
      return Pattern.compile(text.replaceFirst("^(\\^?)/", "$1"));
    } catch (PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(text));
    }
  }

  private static int exitCode(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EngineException(Kind.INVALID, "invalid filter 'exited=" + text + "'");
    }
  }

  private static void requireOneOf(String key, String value, Set<String> known) {
    if (!known.contains(value)) {
      throw new EngineException(
          Kind.INVALID,
          "invalid filter '" + key + "=" + value + "'",
          "use one of " + String.join(", ", known.stream().sorted().toList()));
    }
  }
}
