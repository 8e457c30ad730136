package dev.containertui.engine;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Reference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which images are meant, by docker's rules ({@code images --filter}, {@code GET
 * /images/json?filters}).
 *
 * <p>Keys: {@code dangling} (without a name), {@code label}, {@code label!}, {@code before} and
 * {@code since} (an image), {@code reference} (a pattern for names, with or without their tag),
 * {@code until} (created before that time).
 */
public final class ImageFilter {
  private static final Set<String> KEYS =
      Set.of("dangling", "label", "label!", "before", "since", "reference", "until");
  private static final Set<String> PRUNE_KEYS = Set.of("dangling", "label", "label!", "until");
  private static final int MAX_PATTERN = 1024;

  private final FilterTerms terms;
  private final Optional<Boolean> dangling;
  private final Optional<Instant> until;
  private final List<Pattern> references;

  private ImageFilter(FilterTerms terms, Instant now, ZoneId zone) {
    this.terms = terms;
    FilterTerms.requireSingle("dangling", terms.of("dangling"));
    FilterTerms.requireSingle("until", terms.of("until"));
    dangling = terms.of("dangling").stream().findFirst().map(ImageFilter::truth);
    until = terms.of("until").stream().findFirst().map(t -> PointsInTime.instant(t, now, zone));
    references =
        terms.of("reference").stream()
            .map(text -> glob(text.replaceFirst("^docker\\.io/(library/)?", "")))
            .toList();
  }

  /**
   * A filter for lists.
   *
   * @param now for {@code until=10m}
   * @param zone for {@code until=2026-01-31}
   * @throws EngineException INVALID if there is no such key, or no such value
   */
  public static ImageFilter of(FilterTerms terms, Instant now, ZoneId zone) {
    terms.require(KEYS);
    return new ImageFilter(terms, now, zone);
  }

  /** The same for {@code image prune}. */
  public static ImageFilter ofPrune(FilterTerms terms, Instant now, ZoneId zone) {
    terms.require(PRUNE_KEYS);
    return new ImageFilter(terms, now, zone);
  }

  /** What {@code dangling} says: true only images without a name, false only those with one. */
  public Optional<Boolean> dangling() {
    return dangling;
  }

  /**
   * Looks up what the filter names.
   *
   * @throws EngineException NOT_FOUND if there is no image that {@code before} or {@code since}
   *     names
   */
  public Predicate<ImageSummary> in(Engine engine) {
    Optional<Instant> before = created(engine, "before");
    Optional<Instant> since = created(engine, "since");
    LabelTerms labels = LabelTerms.of(terms);
    return image ->
        dangling.map(wanted -> wanted == image.references().isEmpty()).orElse(true)
            && until.map(limit -> createdOf(image).isBefore(limit)).orElse(true)
            && before.map(limit -> createdOf(image).isBefore(limit)).orElse(true)
            && since.map(limit -> createdOf(image).isAfter(limit)).orElse(true)
            && (references.isEmpty() || image.references().stream().anyMatch(this::matches))
            && (labels.empty() || labels.match(labelsOf(engine, image)));
  }

  /**
   * Whether a name of an image is asked for: a list shows no other names of it.
   *
   * @param reference in full
   */
  public boolean matches(String reference) {
    if (references.isEmpty()) {
      return true;
    }
    Reference parsed = Reference.parse(reference);
    String familiar = parsed.familiar();
    String name =
        new Reference(parsed.registry(), parsed.repository(), Optional.of("x"), Optional.empty())
            .familiar();
    String withoutTag = name.substring(0, name.length() - 2);
    return references.stream()
        .anyMatch(p -> p.matcher(familiar).matches() || p.matcher(withoutTag).matches());
  }

  private static Instant createdOf(ImageSummary image) {
    return image.created().orElse(Instant.EPOCH);
  }

  private Optional<Instant> created(Engine engine, String key) {
    FilterTerms.requireSingle(key, terms.of(key));
    return terms.of(key).stream()
        .findFirst()
        .map(
            name ->
                createdOf(
                    engine
                        .images()
                        .find(name)
                        .orElseThrow(
                            () -> new EngineException(Kind.NOT_FOUND, "no such image: " + name))));
  }

  /** Labels are in the image's configuration, wherever what describes the image has that. */
  private static Map<String, String> labelsOf(Engine engine, ImageSummary image) {
    JsonObject json =
        JsonObject.parse(
            engine.images().inspectJson(image.digest()).getBytes(StandardCharsets.UTF_8),
            "the description of image " + image.digest());
    return json.optionalObject("Config")
        .or(() -> json.optionalObject("config").flatMap(c -> c.optionalObject("config")))
        .map(config -> config.stringMap("Labels"))
        .orElse(Map.of());
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "t" -> true;
      case "false", "0", "f" -> false;
      default ->
          throw new EngineException(
              Kind.INVALID, "invalid filter 'dangling=" + text + "'", "use true or false");
    };
  }

  /** A pattern as Go's {@code path.Match} has it: {@code *} and {@code ?} stop at a slash. */
  private static Pattern glob(String text) {
    if (text.length() > MAX_PATTERN) {
      throw new EngineException(Kind.INVALID, "filter 'reference' is too long");
    }
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int close = c == '[' ? text.indexOf(']', i + 2) : -1;
      if (close > 0) {
        String inner = text.substring(i + 1, close);
        boolean not = inner.startsWith("^");
        String body = (not ? inner.substring(1) : inner).replaceAll("[\\[\\]\\\\&^]", "\\\\$0");
        parts.add((not ? "[^/" : "[") + body + "]");
        i = close + 1;
        continue;
      }
      parts.add(
          switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(c));
          });
      i++;
    }
    try {
      return Pattern.compile(String.join("", parts));
    } catch (PatternSyntaxException e) {
      throw new EngineException(Kind.INVALID, "invalid filter 'reference=" + text + "'", e);
    }
  }
}
