package dev.containertui.cli;

import dev.containertui.oci.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code linux/arm64/v8}, {@code linux/amd64} or only {@code arm64}. */
final class PlatformOption implements ITypeConverter<Platform> {
  @Override
  public Platform convert(String text) {
    List<String> parts = List.of(text.toLowerCase(Locale.ROOT).split("/", -1));
    if (parts.size() > 3 || parts.stream().anyMatch(p -> !p.matches("[a-z0-9_.-]+"))) {
      throw new TypeConversionException("'" + text + "' is no platform, as linux/amd64 is one");
    }
    if (parts.size() == 1) {
      return parts.getFirst().equals("linux")
          ? Platform.host()
          : new Platform("linux", architecture(parts.getFirst()), Optional.empty());
    }
    if (!parts.getFirst().equals("linux")) {
      throw new TypeConversionException("'" + text + "': only linux containers can be run");
    }
    Optional<String> variant = parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty();
    return new Platform("linux", architecture(parts.get(1)), variant);
  }

  private static String architecture(String name) {
    return switch (name) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
