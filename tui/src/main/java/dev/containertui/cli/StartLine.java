package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import java.util.List;

/** On a terminal a line says why nothing happens yet; it is gone before the first output. */
final class StartLine {
  private StartLine() {}

  static ContainerProcess start(CliContext context, Container container, boolean quiet) {
    if (quiet || !context.fancyErr()) {
      return container.start();
    }
    LiveBlock block = new LiveBlock(context.io().err(), LocalTerminal.columns(context));
    block.draw(List.of("starting the machine of " + container.name()));
    try {
      return container.start();
    } finally {
      block.erase();
    }
  }
}
