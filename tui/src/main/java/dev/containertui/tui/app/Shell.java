package dev.containertui.tui.app;

import dev.containertui.error.EngineException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is common to all screens.
 *
 * @param notice what the bottom line says
 * @param notices the last messages, newest last
 * @param lastCommand how the last action is said on the command line and in JShell
 * @param untold whether its success has not been told yet
 */
public record Shell(
    ScreenId screen,
    int columns,
    int rows,
    Optional<Notice> notice,
    List<Notice> notices,
    Optional<Equivalent> lastCommand,
    boolean untold,
    boolean quitting) {
  public static final Slot<Shell> SLOT =
      new Slot<>(
          "shell",
          new Shell(
              ScreenId.CONTAINERS,
              80,
              24,
              Optional.empty(),
              List.of(),
              Optional.empty(),
              false,
              false));

  private static final int MAX_NOTICES = 200;

  /** An action as a command line and as a line of JShell; either may be empty. */
  public record Equivalent(String commandLine, String jshell) {}

  public Shell {
    notices = List.copyOf(notices);
  }

  public Shell withScreen(ScreenId to) {
    return new Shell(to, columns, rows, notice, notices, lastCommand, untold, quitting);
  }

  public Shell withSize(int newColumns, int newRows) {
    return new Shell(screen, newColumns, newRows, notice, notices, lastCommand, untold, quitting);
  }

  public Shell withoutNotice() {
    return new Shell(
        screen, columns, rows, Optional.empty(), notices, lastCommand, untold, quitting);
  }

  public Shell quit() {
    return new Shell(screen, columns, rows, notice, notices, lastCommand, untold, true);
  }

  /**
   * Says something; what was said last is not kept twice. The success of an action also says what
   * that is called on the command line, where nothing more important is to be said.
   */
  public Shell said(Notice said) {
    boolean tells = untold && said.level() == Notice.Level.SUCCESS;
    Notice notice =
        tells && said.hint().isEmpty()
            ? new Notice(
                said.level(),
                said.text(),
                lastCommand.map(c -> "≙ " + c.commandLine()).orElse(""),
                said.details())
            : said;
    List<Notice> all = new ArrayList<>(notices);
    if (!all.isEmpty() && all.getLast().equals(notice)) {
      all.removeLast();
    }
    all.add(notice);
    if (all.size() > MAX_NOTICES) {
      all.removeFirst();
    }
    return new Shell(
        screen, columns, rows, Optional.of(notice), all, lastCommand, untold && !tells, quitting);
  }

  public Shell did(Equivalent command) {
    return new Shell(screen, columns, rows, notice, notices, Optional.of(command), true, quitting);
  }

  // --- short ways for changes

  public static State note(State state, String text, String hint) {
    return state.with(
        SLOT, s -> s.said(new Notice(Notice.Level.NOTE, text, hint, List.of(text, hint))));
  }

  public static State success(State state, String text, String hint) {
    return state.with(
        SLOT, s -> s.said(new Notice(Notice.Level.SUCCESS, text, hint, List.of(text, hint))));
  }

  /** Tells of an action in the words of the command line and of JShell. */
  public static State did(State state, String commandLine, String jshell) {
    return state.with(SLOT, s -> s.did(new Equivalent(commandLine, jshell)));
  }

  /** Tells what went wrong: one line, its hint, and for who asks all causes. */
  public static State failed(State state, Throwable failure) {
    String hint = failure instanceof EngineException known ? known.hint() : "";
    List<String> details = new ArrayList<>();
    details.add(message(failure));
    if (!hint.isEmpty()) {
      details.add("");
      details.add(hint);
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      details.add("");
      details.add("because: " + message(cause));
    }
    if (!(failure instanceof EngineException)) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      details.add("");
      trace.toString().lines().map(l -> l.replace("\t", "    ")).forEach(details::add);
    }
    return state.with(
        SLOT, s -> s.said(new Notice(Notice.Level.ERROR, message(failure), hint, details)));
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
