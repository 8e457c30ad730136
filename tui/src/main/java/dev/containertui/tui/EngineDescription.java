package dev.containertui.tui;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Engine.Finding;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What runs the containers, in a few words for the header. */
final class EngineDescription {
  private static final Pattern ACCELERATOR =
      Pattern.compile("\\b(kvm|tcg|hvf|vz)\\b", Pattern.CASE_INSENSITIVE);

  private EngineDescription() {}

  static String of(Engine engine) {
    try {
      for (Finding finding : engine.diagnose()) {
        if (finding.subject().toLowerCase(Locale.ROOT).contains("accelerat")) {
          Matcher name = ACCELERATOR.matcher(finding.detail());
          return name.find() ? name.group(1).toLowerCase(Locale.ROOT) : "no accelerator";
        }
      }
      return "engine ready";
    } catch (RuntimeException e) {
      return "engine: " + Workspace.message(e);
    }
  }
}
