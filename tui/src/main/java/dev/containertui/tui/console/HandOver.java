package dev.containertui.tui.console;

import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.terminal.BareTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A console on the user's terminal itself, without the workbench around it, until Ctrl-] or Ctrl-P
 * Ctrl-Q. What the guest writes goes there as it is, but for what writes to the clipboard.
 */
final class HandOver {
  /** For keys that are lost. */
  private static final int BELL = 0x07;

  private HandOver() {}

  static Step start(State state, PanePlace place, Typing typing) {
    Optional<Console> console = place.pane(state).flatMap(Pane::console);
    if (console.isEmpty() || !console.get().isInteractive()) {
      return typing.attach(state); // which says why not
    }
    Console bare = console.get();
    return Step.to(
        state,
        new Effect(
            "full screen",
            host -> {
              try {
                host.suspend(() -> run(bare));
              } finally {
                bare.mirror(null);
                host.post("back", s -> back(s, place, typing, bare));
              }
            }));
  }

  private static Step back(State state, PanePlace place, Typing typing, Console bare) {
    State there = place.fitted(typing.detach(state).state());
    return Step.to(
        bare.hasEnded() ? Shell.note(there, "the program has " + bare.ended(), "") : there);
  }

  private static void run(Console console) {
    try (BareTerminal terminal = BareTerminal.open()) {
      terminal.write(ScreenText.of(console.view(OptionalLong.empty())) + console.modes());
      console.mirror(terminal.output());
      terminal.size().ifPresent(console::resize);
      Thread watch = Thread.startVirtualThread(() -> announceEnd(console, terminal));
      copyKeys(console, terminal.input(), terminal.output());
      watch.interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A read cannot be given up, so whoever is at the keyboard is asked for a key. */
  private static void announceEnd(Console console, BareTerminal terminal) {
    try {
      console.awaitEnd();
      terminal.write("\r\n\u001b[0m[" + console.ended() + "; press a key]\r\n");
    } catch (IOException | InterruptedException e) {
      // nobody there, or not wanted any more
    }
  }

  /** A guest that reads nothing loses keys, so that those that detach are always seen. */
  static void copyKeys(Console console, InputStream input, OutputStream output) throws IOException {
    byte[] keys = new byte[4096];
    DetachKeys detach = new DetachKeys();
    for (int n = input.read(keys); n > 0 && !console.hasEnded(); n = input.read(keys)) {
      if (!console.send(detach.pass(keys, n))) {
        output.write(BELL);
        output.flush();
      }
      if (detach.found()) {
        return;
      }
    }
  }
}
