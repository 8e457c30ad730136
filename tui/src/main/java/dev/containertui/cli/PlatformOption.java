package dev.containertui.cli;

import dev.containertui.error.EngineException;
import dev.containertui.oci.Platform;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code linux/arm64/v8}, {@code linux/amd64} or only {@code arm64}. */
final class PlatformOption implements ITypeConverter<Platform> {
  @Override
  public Platform convert(String text) {
    Platform platform;
    try {
      platform = Platform.parse(text);
    } catch (EngineException e) {
      throw new TypeConversionException(e.getMessage() + "; " + e.hint());
    }
    if (!platform.os().equals("linux")) {
      throw new TypeConversionException("'" + text + "': only linux containers can be run");
    }
    return platform;
  }
}
