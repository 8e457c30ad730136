package dev.containertui.tui.facts;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Engine.Finding;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine says about its host.
 *
 * @param words hypervisor and accelerator, for the header
 * @param problem the first thing that would keep containers from running
 */
public record EngineDescription(String words, Optional<EngineException> problem) {
  public static final EngineDescription STARTING =
      new EngineDescription("engine starts …", Optional.empty());

  private static final Pattern ACCELERATOR =
      Pattern.compile("\\b(kvm|tcg|hvf|vz)\\b", Pattern.CASE_INSENSITIVE);

  public static EngineDescription of(Engine engine) {
    try {
      List<Finding> findings = engine.diagnose();
      return new EngineDescription(
          findings.stream()
              .flatMap(f -> accelerator(f).stream())
              .findFirst()
              .orElse("no hypervisor"),
          findings.stream()
              .filter(f -> f.level() == Finding.Level.PROBLEM)
              .findFirst()
              .map(EngineDescription::problem));
    } catch (EngineException e) {
      return new EngineDescription("not examined", Optional.of(e));
    }
  }

  private static Optional<String> accelerator(Finding finding) {
    Matcher name = ACCELERATOR.matcher(finding.detail());
    return finding.level() != Finding.Level.PROBLEM && name.find()
        ? Optional.of(finding.subject() + " · " + name.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static EngineException problem(Finding finding) {
    return new EngineException(
        Kind.UNAVAILABLE, finding.subject() + ": " + finding.detail(), finding.hint());
  }
}
