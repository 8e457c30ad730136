package dev.containertui.cli;

import dev.containertui.repl.terminal.DetachKeys;
import picocli.CommandLine.Option;

/** How to hold on to a container, and how to let go. */
final class AttachOptions {
  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      defaultValue = DetachKeys.DEFAULT,
      description = "keys that let go of the container on a terminal (default: ctrl-p,ctrl-q)")
  private String detachKeys;

  @Option(
      names = "--sig-proxy",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "pass signals on to the container's process (default: true)")
  private boolean signalProxy;

  DetachKeys detachKeys() {
    return DetachKeys.parse(detachKeys);
  }

  boolean signalProxy() {
    return signalProxy;
  }
}
