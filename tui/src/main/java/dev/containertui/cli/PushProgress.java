package dev.containertui.cli;

import dev.containertui.image.PushEvent;
import dev.containertui.oci.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Shows how far a push is: bars on a terminal, else a line for each layer that is done. */
final class PushProgress implements Consumer<PushEvent>, AutoCloseable {
  private static final int BAR_WIDTH = 30;

  private final CliContext context;
  private final boolean quiet;
  private final LiveBlock block;
  private final Map<Digest, String> lines = new LinkedHashMap<>();

  PushProgress(CliContext context, boolean quiet) {
    this.context = context;
    this.quiet = quiet;
    block =
        !quiet && context.fancyErr()
            ? new LiveBlock(context.io().err(), LocalTerminal.columns(context))
            : null;
  }

  @Override
  public synchronized void accept(PushEvent event) {
    if (quiet) {
      return;
    }
    switch (event) {
      case PushEvent.Present(Digest digest, long size) -> done(digest, "already there", size);
      case PushEvent.Sent(Digest digest, long size) -> done(digest, "sent", size);
      case PushEvent.Progress(Digest digest, long sent, long size) -> {
        if (block != null) {
          lines.put(digest, name(digest) + "  " + Bar.of(sent, size, BAR_WIDTH));
          block.draw(List.copyOf(lines.values()));
        }
      }
    }
  }

  private void done(Digest digest, String how, long size) {
    String line = name(digest) + ": " + how + ", " + Units.size(size);
    lines.remove(digest);
    if (block == null) {
      context.io().err().println(line);
    } else {
      block.printAbove(line);
      block.draw(List.copyOf(lines.values()));
    }
  }

  private static String name(Digest digest) {
    return ImageNames.shortId(digest.toString());
  }

  @Override
  public synchronized void close() {
    if (block != null) {
      block.erase();
    }
  }
}
