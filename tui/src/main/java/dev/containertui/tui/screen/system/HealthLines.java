package dev.containertui.tui.screen.system;

import dev.containertui.engine.Engine.Finding;
import dev.containertui.engine.EngineInfo;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.template.Template;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.draw.Wrap;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to say about the engine's health. */
final class HealthLines {
  static final Line EMPTY = new Line("", "", Look.PLAIN);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int LABEL_WIDTH = 18;

  /**
   * A line.
   *
   * @param mark at its start, in {@code look}; if it is empty, the text is in that look
   */
  record Line(String mark, String text, Look look) {}

  private HealthLines() {}

  static List<Line> all(Health health, Instant now, ZoneId zone) {
    List<Line> all = new ArrayList<>(findings(health));
    all.add(EMPTY);
    all.addAll(engine(health, zone));
    all.add(EMPTY);
    all.addAll(templates(health, now));
    all.add(EMPTY);
    all.addAll(kernels(health));
    return all;
  }

  private static Line heading(String text) {
    return new Line("", text, Look.COLUMN);
  }

  private static Line fact(String label, String text) {
    return new Line(pad(label, LABEL_WIDTH), text, Look.FAINT);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  static List<Line> findings(Health health) {
    List<Line> lines = new ArrayList<>();
    lines.add(heading("FINDINGS"));
    for (Finding finding : health.findings()) {
      lines.add(
          new Line(
              mark(finding.level()),
              finding.subject() + ": " + finding.detail(),
              look(finding.level())));
      if (!finding.hint().isEmpty()) {
        lines.add(new Line(" ".repeat(8) + "→ ", finding.hint(), Look.STRONG));
      }
    }
    for (String missing : health.missing()) {
      lines.add(new Line("?       ", missing, Look.BUSY));
    }
    return lines;
  }

  private static String mark(Finding.Level level) {
    return switch (level) {
      case OK -> "ok      ";
      case NOTE -> "note    ";
      case PROBLEM -> "PROBLEM ";
    };
  }

  private static Look look(Finding.Level level) {
    return switch (level) {
      case OK -> Look.GOOD;
      case NOTE -> Look.BUSY;
      case PROBLEM -> Look.BAD;
    };
  }

  static List<Line> engine(Health health, ZoneId zone) {
    List<Line> lines = new ArrayList<>();
    lines.add(heading("ENGINE"));
    health.info().ifPresentOrElse(info -> engine(lines, info, zone), () -> lines.add(NOTHING));
    return lines;
  }

  private static final Line NOTHING = new Line("", "it does not tell", Look.FAINT);

  private static void engine(List<Line> lines, EngineInfo info, ZoneId zone) {
    lines.add(
        fact(
            "version",
            info.version()
                + ", pid "
                + info.pid()
                + ", since "
                + TIME.format(info.startedAt().atZone(zone))));
    lines.add(fact("hypervisor", info.hypervisor() + " " + info.hypervisorVersion()));
    lines.add(
        fact(
            "accelerator",
            info.accelerator().isEmpty() ? "none: no machine can start" : info.accelerator()));
    lines.add(
        fact(
            "containers",
            info.containers() + ", " + info.running() + " running, " + info.paused() + " paused"));
    lines.add(fact("images", Integer.toString(info.images())));
    lines.add(
        fact(
            "host",
            info.cpus()
                + " CPUs, "
                + Units.bytes(info.memoryBytes())
                + ", "
                + info.operatingSystem()));
    lines.add(fact("host's kernel", info.kernelRelease()));
    lines.add(fact("state", info.data().toString()));
    lines.add(fact("id", info.id()));
  }

  static List<Line> templates(Health health, Instant now) {
    List<Line> lines = new ArrayList<>();
    lines.add(heading("TEMPLATES " + health.templates().size()));
    if (health.templates().isEmpty()) {
      lines.add(
          new Line("", "none: the next container's machine boots, and one is made", Look.FAINT));
    }
    for (Health.TemplateUse used : health.templates()) {
      Template template = used.template();
      int clones = used.use().clones();
      lines.add(
          fact(
              template.key(),
              Units.bytes(template.diskBytes())
                  + " on disk, for "
                  + template.vcpus()
                  + " vCPU, "
                  + Units.bytes(template.memoryBytes())
                  + ", "
                  + template
                      .image()
                      .map(Names::shortDigest)
                      .map(i -> "image " + i)
                      .orElse("any image")));
      lines.add(
          fact(
              "",
              template.accelerator()
                  + ", "
                  + template.kernelRelease()
                  + ", "
                  + (clones == 0
                      ? "no clone runs"
                      : clones
                          + (clones == 1 ? " clone runs, " : " clones run, ")
                          + Units.bytes(used.use().proportionalBytes())
                          + " held")
                  + ", used "
                  + Units.age(Duration.between(template.usedAt(), now))));
    }
    return lines;
  }

  static List<Line> kernels(Health health) {
    List<Line> lines = new ArrayList<>();
    lines.add(heading("KERNELS " + health.kernels().size()));
    if (health.kernels().isEmpty()) {
      lines.add(new Line("", "none: container-tui kernel install", Look.FAINT));
    }
    for (InstalledKernel kernel : health.kernels()) {
      boolean chosen = kernel.name().equals(health.defaultKernel());
      lines.add(
          new Line(
              chosen ? "default " : "        ",
              kernel.name()
                  + (kernel.name().contains(kernel.release()) ? "" : " (" + kernel.release() + ")")
                  + ": "
                  + kernel.source(),
              Look.GOOD));
    }
    return lines;
  }

  /** Broken where they are too long; what follows stands below its text, not its mark. */
  static List<Line> wrapped(List<Line> lines, int width) {
    List<Line> wrapped = new ArrayList<>();
    for (Line line : lines) {
      int indent = line.mark().length();
      List<String> parts = Wrap.lines(List.of(line.text()), Math.max(10, width - indent));
      wrapped.add(new Line(line.mark(), parts.getFirst(), line.look()));
      for (String part : parts.subList(1, parts.size())) {
        wrapped.add(
            new Line(" ".repeat(indent), part, line.mark().isEmpty() ? line.look() : Look.PLAIN));
      }
    }
    return wrapped;
  }
}
