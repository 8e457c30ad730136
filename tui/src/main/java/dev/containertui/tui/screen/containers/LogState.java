package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.text.Lines;
import dev.containertui.tui.text.Viewport;
import java.time.Instant;
import java.util.Optional;

/**
 * A log that is looked into.
 *
 * @param id of the container; empty: none yet
 * @param run when the run began whose output was being followed
 * @param feed what brings the lines; empty: nothing does
 * @param known false until the first lines, or the word that there are none
 * @param ended whether the feed has come to the end
 * @param failure why the log could not be read; empty if it could
 */
record LogState(
    String id,
    Optional<Instant> run,
    Optional<LogFeed> feed,
    LogChoice choice,
    Lines lines,
    Viewport view,
    boolean known,
    boolean ended,
    String failure) {
  static final Slot<LogState> SLOT =
      new Slot<>(
          "containers.log",
          new LogState(
              "",
              Optional.empty(),
              Optional.empty(),
              LogChoice.LAST_THOUSAND,
              Lines.NONE,
              Viewport.TAIL,
              false,
              false,
              ""));

  LogState with(Viewport newView) {
    return new LogState(id, run, feed, choice, lines, newView, known, ended, failure);
  }

  LogState with(LogChoice newChoice) {
    return new LogState(id, run, feed, newChoice, lines, view, known, ended, failure);
  }

  LogState without() {
    return new LogState(id, run, Optional.empty(), choice, lines, view, known, ended, failure);
  }

  /** Begins anew; how one looks at it stays, but a filter, which would hide another's lines. */
  LogState begin(String newId, Optional<Instant> newRun, LogFeed newFeed) {
    Viewport kept = newId.equals(id) ? view : view.filter("");
    return new LogState(
        newId,
        newRun,
        Optional.of(newFeed),
        choice,
        Lines.NONE,
        kept.hit().isPresent() ? kept.search(kept.search().text()).sticking() : kept.sticking(),
        false,
        false,
        "");
  }

  LogState take(LogFeed.Batch batch) {
    return new LogState(
        id,
        run,
        feed,
        choice,
        lines.add(batch.rows(), batch.open()),
        view,
        true,
        batch.ended(),
        batch.failure());
  }
}
