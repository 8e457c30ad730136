package dev.containertui.cli;

import dev.containertui.engine.FilterTerms;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --filter} of the lists. */
final class FilterOptions {
  @Option(
      names = {"-f", "--filter"},
      paramLabel = "K=V",
      description = "only what fulfils this condition; may be given several times")
  private List<String> filters = List.of();

  FilterTerms terms() {
    return FilterTerms.parse(filters);
  }
}
