package dev.containertui.tui.console;

import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.terminal.BareTerminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A console on the user's terminal itself, without the workbench around it, until Ctrl-] or Ctrl-P
 * Ctrl-Q. What the guest writes goes there as it is, but for what writes to the clipboard.
 */
final class HandOver {
  private static final int CTRL_P = 0x10;
  private static final int CTRL_Q = 0x11;
  private static final int CTRL_BRACKET = 0x1d;

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
      terminal.write(ScreenText.of(console.view(OptionalLong.empty())));
      console.mirror(terminal.output());
      terminal.size().ifPresent(console::resize);
      Thread watch = Thread.startVirtualThread(() -> announceEnd(console, terminal));
      copyKeys(console, terminal);
      watch.interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  private static void copyKeys(Console console, BareTerminal terminal)
      throws IOException, InterruptedException {
    byte[] keys = new byte[4096];
    boolean held = false;
    for (int n = terminal.input().read(keys);
        n > 0 && !console.hasEnded();
        n = terminal.input().read(keys)) {
      int sent = 0;
      for (int i = 0; i < n; i++) {
        boolean end = keys[i] == CTRL_BRACKET || held && keys[i] == CTRL_Q;
        if (held && !end) {
          console.sendAll(new byte[] {CTRL_P});
        }
        held = !end && keys[i] == CTRL_P;
        if (end || held) {
          console.sendAll(Arrays.copyOfRange(keys, sent, i));
          sent = i + 1;
        }
        if (end) {
          return;
        }
      }
      console.sendAll(Arrays.copyOfRange(keys, sent, n));
    }
  }
}
