package dev.containertui.cli;

import dev.containertui.image.PullEvent;
import java.util.function.Consumer;

/** Tells a person how a pull goes. */
interface PullProgress extends Consumer<PullEvent>, AutoCloseable {
  /** Removes what is only shown for the moment; also after a failure. */
  @Override
  void close();

  /** Bars on a terminal, lines elsewhere, nothing if quiet. */
  static PullProgress choose(CliContext context, boolean quiet) {
    if (quiet) {
      return new Silent();
    }
    return context.fancyErr()
        ? new PullBars(context.io().err(), LocalTerminal.columns(context))
        : new PullLines(context.io().err());
  }

  /** Says nothing. */
  final class Silent implements PullProgress {
    @Override
    public void accept(PullEvent event) {}

    @Override
    public void close() {}
  }
}
