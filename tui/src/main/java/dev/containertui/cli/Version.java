package dev.containertui.cli;

/**
 * The version of this program; a constant, because a script runs from sources without a manifest.
 */
final class Version {
  static final String NUMBER = "0.1.0-SNAPSHOT";

  private Version() {}
}
