package dev.containertui.cli;

import dev.containertui.engine.FilterTerms;
import java.util.List;
import picocli.CommandLine.Option;

/** What the {@code prune} commands have in common; {@code -f} is not their filter. */
final class PruneOptions {
  @Option(
      names = {"-f", "--force"},
      description = "do not ask")
  private boolean force;

  @Option(
      names = "--filter",
      paramLabel = "K=V",
      description = "only what fulfils this condition: until=TIME, label=K[=V], label!=K[=V]")
  private List<String> filters = List.of();

  FilterTerms terms() {
    return FilterTerms.parse(filters);
  }

  void confirm(CliContext context, String warning, String what) {
    if (!force) {
      Confirmation.require(context, warning, what);
    }
  }
}
