package dev.containertui.oci;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An operating system and processor as OCI names them (image-spec, image-index.md, "platform").
 *
 * <p>Equal platforms are equal values: the variant that a processor has anyway is left out ({@code
 * arm64/v8}, {@code amd64/v1}), and {@code arm} without a variant is {@code v7}.
 *
 * @param os for example {@code linux}
 * @param architecture GOARCH value: {@code amd64}, {@code arm64}, …
 * @param variant for example {@code v7}; empty if there is none
 */
public record Platform(String os, String architecture, Optional<String> variant) {
  private static final Pattern WORD = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  /** What attestations are filed under in an index, and what is not to be understood. */
  static final Platform UNKNOWN = new Platform("unknown", "unknown", Optional.empty());

  public Platform {
    if (!isWord(os) || !isWord(architecture) || !variant.map(Platform::isWord).orElse(true)) {
      throw new EngineException(
          Kind.INVALID,
          "not a platform: "
              + Printable.of(os + "/" + architecture + variant.map(v -> "/" + v).orElse("")),
          "write it as linux/amd64, linux/arm64 or linux/arm/v7");
    }
    variant =
        switch (architecture) {
          case "arm64" -> variant.filter(v -> !v.equals("v8") && !v.equals("8"));
          case "amd64" -> variant.filter(v -> !v.equals("v1"));
          case "arm" -> Optional.of(variant.map(Platform::withV).orElse("v7"));
          default -> variant;
        };
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  private static String withV(String variant) {
    return Character.isDigit(variant.charAt(0)) ? "v" + variant : variant;
  }

  /** The platform of containers on this host: Linux on the host's processor. */
  public static Platform host() {
    return of("linux", System.getProperty("os.arch"), Optional.empty());
  }

  /**
   * Reads {@code os/architecture[/variant]}, or {@code architecture} alone, which means Linux.
   * Common other names of processors ({@code x86_64}, {@code aarch64}, {@code armhf}) are
   * understood.
   *
   * @throws EngineException INVALID
   */
  public static Platform parse(String text) {
    String[] parts = text.split("/", -1);
    return switch (parts.length) {
      case 1 -> text.equals("linux") ? host() : of("linux", parts[0], Optional.empty());
      case 2 -> of(parts[0], parts[1], Optional.empty());
      default ->
          of(
              parts[0],
              parts[1],
              Optional.of(String.join("/", List.of(parts).subList(2, parts.length))));
    };
  }

  private static Platform of(String os, String processor, Optional<String> variant) {
    String architecture = processor.toLowerCase(Locale.ROOT);
    return switch (architecture) {
      case "x86_64", "x86-64" -> new Platform(os, "amd64", variant);
      case "aarch64" -> new Platform(os, "arm64", variant);
      case "armhf" -> new Platform(os, "arm", Optional.of("v7"));
      case "armel" -> new Platform(os, "arm", Optional.of("v6"));
      case "i386", "i486", "i586", "i686" -> new Platform(os, "386", Optional.empty());
      default -> new Platform(os, architecture, variant);
    };
  }

  /** The platform of a descriptor or configuration; {@link #UNKNOWN} if it makes no sense. */
  static Platform fromJson(JsonObject json) {
    Optional<String> os = json.optionalString("os").filter(Platform::isWord);
    Optional<String> architecture = json.optionalString("architecture").filter(Platform::isWord);
    Optional<String> variant = json.optionalString("variant").filter(v -> !v.isEmpty());
    if (os.isEmpty() || architecture.isEmpty() || !variant.map(Platform::isWord).orElse(true)) {
      return UNKNOWN;
    }
    return new Platform(os.get(), architecture.get(), variant);
  }

  public boolean isKnown() {
    return !equals(UNKNOWN);
  }

  /**
   * The platforms whose programs run on this one, best first: itself, then the older variants of
   * its processor.
   */
  public List<Platform> runnable() {
    List<String> variants =
        switch (architecture) {
          case "arm" -> olderThan(List.of("v8", "v7", "v6", "v5"));
          case "amd64" -> olderThan(List.of("v4", "v3", "v2", ""));
          case "arm64" -> variant.isPresent() ? List.of(variant.get(), "") : List.of("");
          default -> List.of(variant.orElse(""));
        };
    return variants.stream()
        .map(v -> new Platform(os, architecture, Optional.of(v).filter(s -> !s.isEmpty())))
        .toList();
  }

  private List<String> olderThan(List<String> newestFirst) {
    String mine = variant.orElse("");
    int index = newestFirst.indexOf(mine);
    return index < 0 ? Stream.of(mine).toList() : newestFirst.subList(index, newestFirst.size());
  }

  /** Whether programs for {@code other} run on this platform. */
  public boolean runs(Platform other) {
    return runnable().contains(other);
  }

  /** {@code os/arch[/variant]}. */
  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
  }
}
