package dev.containertui.cli;

import picocli.CommandLine.Option;

/** {@code -h, --help} for every command but {@code run}, whose {@code -h} is the host name. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  private boolean help;
}
