package dev.containertui.cli;

import dev.containertui.engine.PointsInTime;
import dev.containertui.error.EngineException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s}, {@code 1m30s}, {@code 500ms}. */
final class GoDuration implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return PointsInTime.duration(text);
    } catch (EngineException e) {
      throw new TypeConversionException("'" + text + "' is no duration, as 90s and 1m30s are");
    }
  }
}
