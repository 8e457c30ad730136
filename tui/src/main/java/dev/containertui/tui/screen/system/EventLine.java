package dev.containertui.tui.screen.system;

import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import dev.containertui.tui.draw.Wrap;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.widget.Names;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An event as people read it. */
record EventLine(
    String time, String type, String action, Look look, String name, List<String> attributes) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

  static EventLine of(EngineEvent event, ZoneId zone) {
    String time = TIME.format(event.at().atZone(zone));
    return switch (event) {
      case ContainerChanged c ->
          new EventLine(
              time,
              "container",
              c.action(),
              look(c.action(), c.attributes()),
              name(c),
              attributes(c.attributes()));
      case ImageChanged i ->
          new EventLine(
              time,
              "image",
              i.action(),
              Look.PLAIN,
              Names.shortReference(i.reference()),
              List.of());
    };
  }

  private static String name(ContainerChanged event) {
    return event.name().isEmpty() && event.containerId().length() >= 12
        ? event.containerId().substring(0, 12)
        : event.name();
  }

  private static Look look(String action, Map<String, String> attributes) {
    return switch (action) {
      case "start", "restart", "unpause" -> Look.GOOD;
      case "oom" -> Look.BAD;
      case "die" -> attributes.getOrDefault("exitCode", "0").equals("0") ? Look.PLAIN : Look.BAD;
      case "kill", "stop", "pause" -> Look.BUSY;
      default -> Look.PLAIN;
    };
  }

  private static List<String> attributes(Map<String, String> attributes) {
    return new TreeMap<>(attributes)
        .entrySet().stream().map(a -> a.getKey() + "=" + a.getValue()).toList();
  }

  /** The attributes in lines that are broken between two of them, if that is possible. */
  List<String> wrapped(int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String attribute : attributes) {
      if (!line.isEmpty() && CharWidth.of(line) + 1 + CharWidth.of(attribute) > width) {
        lines.add(line);
        line = "";
      }
      line = line.isEmpty() ? attribute : line + " " + attribute;
    }
    lines.add(line);
    return Wrap.lines(lines, width);
  }

  /** What a filter looks into. */
  String searched() {
    return String.join(" ", time, type, action, name, String.join(" ", attributes));
  }
}
