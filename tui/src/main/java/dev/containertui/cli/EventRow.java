package dev.containertui.cli;

import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An event as docker prints it. */
record EventRow(EngineEvent event, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnnXXX", Locale.ROOT);
  private static final long NANOS = 1_000_000_000L;

  /** {@code 2026-01-31T12:00:00.000000000Z container start 0123… (image=alpine, name=web)}. */
  String line() {
    String attributes =
        attributes().entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(", "));
    return OneLine.of(
        TIME.format(event.at().atZone(zone))
            + " "
            + type()
            + " "
            + action()
            + " "
            + id()
            + (attributes.isEmpty() ? "" : " (" + attributes + ")"));
  }

  private String type() {
    return switch (event) {
      case ContainerChanged _ -> "container";
      case ImageChanged _ -> "image";
    };
  }

  private String action() {
    return switch (event) {
      case ContainerChanged changed -> changed.action();
      case ImageChanged changed -> changed.action();
    };
  }

  private String id() {
    return switch (event) {
      case ContainerChanged changed -> changed.containerId();
      case ImageChanged changed -> changed.reference();
    };
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    switch (event) {
      case ContainerChanged changed -> {
        attributes.putAll(changed.attributes());
        attributes.put("name", changed.name());
      }
      case ImageChanged changed -> attributes.put("name", changed.reference());
    }
    return attributes;
  }

  /** What JSON and templates have. */
  Map<String, Object> fields() {
    Instant at = event.at();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", action());
    fields.put("id", id());
    fields.put("Type", type());
    fields.put("Action", action());
    fields.put("ID", id());
    Map<String, Object> actor = new LinkedHashMap<>();
    actor.put("ID", id());
    actor.put("Attributes", attributes());
    fields.put("Actor", actor);
    fields.put("scope", "local");
    fields.put("time", at.getEpochSecond());
    fields.put("timeNano", at.getEpochSecond() * NANOS + at.getNano());
    fields.put("Time", at.getEpochSecond());
    return fields;
  }
}
