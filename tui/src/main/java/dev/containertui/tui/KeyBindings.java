package dev.containertui.tui;

import dev.containertui.tui.view.Dialog;
import dev.containertui.tui.view.Pane;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import java.util.Optional;
import java.util.function.Consumer;

/** What keys do. Runs in the event loop. */
final class KeyBindings {
  /** How many rows a page key moves in a table. */
  private static final int PAGE = 10;

  private final Workspace workspace;
  private final CommandRunner commands;
  private final Runnable repaint;

  KeyBindings(Workspace workspace, CommandRunner commands, Runnable repaint) {
    this.workspace = workspace;
    this.commands = commands;
    this.repaint = repaint;
  }

  void press(Key key) {
    Optional<Console> console = workspace.consoles.current();
    if (workspace.dialog().isPresent()) {
      inDialog(key, workspace.dialog().get());
    } else if (workspace.isTyping()) {
      inLine(key);
    } else if (workspace.pane() == Pane.CONSOLE
        && console.isPresent()
        && console.get().isAttached()) {
      attached(key, console.get());
    } else {
      workspace.clearNotice();
      if (!everywhere(key)) {
        switch (workspace.pane()) {
          case CONTAINERS -> containers(key);
          case IMAGES -> images(key);
          case CONSOLE -> console.ifPresent(c -> detached(key, c));
        }
      }
    }
  }

  // --- dialogs

  private void inDialog(Key key, Dialog dialog) {
    switch (dialog) {
      case Dialog.Confirm confirm -> {
        if (key.is('y') || key.is('Y') || key.is(Kind.ENTER)) {
          workspace.answerYes();
        } else if (key.is('n') || key.is('N') || key.is('q') || isEscape(key)) {
          workspace.closeDialog();
        }
      }
      case Dialog.Help help -> {
        if (isClose(key) || key.is('?')) {
          workspace.closeDialog();
        } else {
          scroll(key, help.scroll(), s -> workspace.open(new Dialog.Help(s)));
        }
      }
      case Dialog.TextPage page -> {
        if (isClose(key)) {
          workspace.closeDialog();
        } else {
          scroll(
              key,
              page.scroll(),
              s -> workspace.open(new Dialog.TextPage(page.title(), page.lines(), s)));
        }
      }
    }
  }

  private static boolean isEscape(Key key) {
    return key.is(Kind.ESCAPE) || key.isControl('c') || key.isControl('g');
  }

  private static boolean isClose(Key key) {
    return isEscape(key) || key.is('q') || key.is(Kind.ENTER);
  }

  private void scroll(Key key, int from, Consumer<Integer> to) {
    // The view stops at the last page; so does this, for a text of any sane length.
    movement(key).ifPresent(by -> to.accept(Math.clamp((long) from + by, 0, 1_000_000)));
  }

  /** By how many rows a key moves; far beyond any end for the first and the last. */
  private static Optional<Integer> movement(Key key) {
    int by =
        switch (key.kind()) {
          case UP -> -1;
          case DOWN -> 1;
          case PAGE_UP -> -PAGE;
          case PAGE_DOWN -> PAGE;
          case HOME -> -1_000_000;
          case END -> 1_000_000;
          case CHARACTER -> {
            if (key.alt()) {
              yield 0;
            }
            yield switch (key.codePoint()) {
              case 'k' -> key.ctrl() ? 0 : -1;
              case 'j' -> key.ctrl() ? 0 : 1;
              case 'g' -> key.ctrl() ? 0 : -1_000_000;
              case 'G' -> key.ctrl() ? 0 : 1_000_000;
              case 'u' -> key.ctrl() ? -PAGE / 2 : 0;
              case 'd' -> key.ctrl() ? PAGE / 2 : 0;
              case 'b' -> key.ctrl() ? -PAGE : 0;
              case 'f' -> key.ctrl() ? PAGE : 0;
              default -> 0;
            };
          }
          default -> 0;
        };
    return by == 0 ? Optional.empty() : Optional.of(by);
  }

  // --- the typed line

  private void inLine(Key key) {
    if (workspace.prompt() == ':') {
      commandLine(key);
    } else {
      filterLine(key);
    }
  }

  private void commandLine(Key key) {
    LineEditor line = workspace.commandLine;
    if (isEscape(key) || key.is(Kind.BACKSPACE) && line.text().isEmpty()) {
      workspace.closeInput();
    } else if (key.is(Kind.ENTER)) {
      workspace.closeInput();
      workspace.clearNotice();
      line.remember(line.text());
      if (!line.text().isBlank()) {
        commands.run(line.text());
      }
    } else if (key.is(Kind.TAB)) {
      Completion.Result result = commands.complete(line.text());
      line.set(result.text());
      workspace.inputHint(
          result.choices().isEmpty()
              ? commands.usageOf(line.text())
              : String.join("  ", result.choices()));
    } else if (line.edit(key)) {
      workspace.inputHint(commands.usageOf(line.text()));
    }
  }

  private void filterLine(Key key) {
    LineEditor line = workspace.filterLine;
    if (isEscape(key)) {
      workspace.table().filter("");
      workspace.closeInput();
    } else if (key.is(Kind.ENTER)) {
      workspace.closeInput();
    } else if (key.is(Kind.UP) || key.is(Kind.DOWN)) {
      workspace.table().move(key.is(Kind.UP) ? -1 : 1);
    } else if (line.edit(key)) {
      workspace.table().filter(line.text());
    }
  }

  // --- consoles

  private void attached(Key key, Console console) {
    if (key.isControl(']')) {
      console.attach(false);
      workspace.notice("detached; the program runs on", "Enter attaches again");
    } else if (key.is(Kind.PAGE_UP) && key.shift()) {
      console.scroll(console.rows() / 2);
    } else if (key.is(Kind.PAGE_DOWN) && key.shift()) {
      console.scroll(-console.rows() / 2);
    } else if (!console.type(key)) {
      workspace.notice("the program does not read its input", "Ctrl-] detaches");
    }
  }

  private void detached(Key key, Console console) {
    if (key.is(Kind.ENTER)) {
      console.attach(true);
    } else if (key.is(Kind.PAGE_UP)) {
      console.scroll(console.rows() / 2);
    } else if (key.is(Kind.PAGE_DOWN)) {
      console.scroll(-console.rows() / 2);
    } else if (key.is('[') || key.is(']')) {
      workspace.consoles.step(key.is('[') ? -1 : 1);
    } else if (key.is('x')) {
      closeConsole(console);
    } else if (key.is(Kind.ESCAPE)) {
      workspace.goTo(Pane.CONTAINERS);
    } else {
      movement(key).ifPresent(by -> console.scroll(-by));
    }
  }

  private void closeConsole(Console console) {
    Runnable close =
        () -> {
          workspace.consoles.close(console);
          if (workspace.consoles.current().isEmpty()) {
            workspace.goTo(Pane.CONTAINERS);
          }
        };
    if (console.hasEnded() || console.kind() == Console.Kind.MAIN) {
      close.run();
    } else {
      workspace.confirm("Close " + console.title() + "?", "It still runs and is hung up.", close);
    }
  }

  // --- panes

  private boolean everywhere(Key key) {
    if (key.is(Kind.TAB)) {
      workspace.goTo(workspace.pane().next(key.shift() ? -1 : 1));
    } else if (key.is('1') || key.is('2') || key.is('3')) {
      workspace.goTo(Pane.values()[key.codePoint() - '1']);
    } else if (key.is(':')) {
      workspace.openCommandLine("");
    } else if (key.is('?') || key.kind() == Kind.FUNCTION && key.codePoint() == 1) {
      workspace.open(new Dialog.Help(0));
    } else if (key.is('!')) {
      workspace.showLastMessage();
    } else if (key.is('q') || key.isControl('c')) {
      commands.quit();
    } else if (key.isControl('l')) {
      repaint.run();
    } else {
      return false;
    }
    return true;
  }

  private boolean inTable(Key key) {
    Optional<Integer> by = movement(key);
    if (by.isPresent()) {
      workspace.table().move(by.get());
    } else if (key.is('/')) {
      workspace.openFilter();
    } else if (key.is(Kind.ESCAPE)) {
      if (!workspace.table().filter().isEmpty()) {
        workspace.table().filter("");
      } else {
        commands.cancelPull();
      }
    } else {
      return false;
    }
    return true;
  }

  private void containers(Key key) {
    if (inTable(key)) {
      return;
    }
    if (key.is('e')) {
      commands.shell();
    } else if (key.is('a')) {
      commands.attach();
    } else if (key.is('i') || key.is(Kind.ENTER)) {
      commands.inspectContainer();
    } else if (key.is('s')) {
      commands.execute(new Command.Stop(Optional.empty()));
    } else if (key.is('K')) {
      commands.execute(new Command.Kill(Optional.empty()));
    } else if (key.is('d') || key.is(Kind.DELETE)) {
      commands.execute(new Command.Remove(Optional.empty()));
    } else if (key.is('r')) {
      workspace.openCommandLine("run -it ");
    }
  }

  private void images(Key key) {
    if (inTable(key)) {
      return;
    }
    if (key.is('p')) {
      workspace.openCommandLine("pull ");
    } else if (key.is('r')) {
      workspace.openCommandLine(
          "run -it " + commands.selectedImage().map(image -> image + " ").orElse(""));
    } else if (key.is('i') || key.is(Kind.ENTER)) {
      commands.inspectImage();
    } else if (key.is('d') || key.is(Kind.DELETE)) {
      commands.execute(new Command.RemoveImage(Optional.empty()));
    }
  }
}
