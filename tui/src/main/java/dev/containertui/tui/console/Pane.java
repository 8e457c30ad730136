package dev.containertui.tui.console;

import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.TerminalView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One console and how the user looks at it.
 *
 * @param id tells panes apart for as long as the workbench runs
 * @param name whose it is: the container's
 * @param request what it was opened by, if that can be done again
 * @param console empty while it is being opened, and if that failed
 * @param reason why there is no console; lines
 * @param early what was typed before there was one
 * @param bellsSeen bells that the user knows of
 */
public record Pane(
    long id,
    String name,
    Optional<ConsoleRequest> request,
    Optional<Console> console,
    List<String> reason,
    List<Key> early,
    Looking looking,
    long bellsSeen,
    ClipboardRule clipboard) {
  /** More keys are not kept while a console is being opened. */
  static final int MAX_EARLY = 256;

  public Pane {
    reason = List.copyOf(reason);
    early = List.copyOf(early);
  }

  /** A console that is being opened. */
  public static Pane opening(long id, String name, Optional<ConsoleRequest> request) {
    return new Pane(
        id,
        name,
        request,
        Optional.empty(),
        List.of("Opening …"),
        List.of(),
        Looking.PRESENT,
        0,
        ClipboardRule.UNDECIDED);
  }

  /** Its console is there, and gets what was typed meanwhile. */
  public Pane opened(String ofContainer, Console opened) {
    early.forEach(opened::type);
    Optional<Console> there = Optional.of(opened);
    return new Pane(
        id, ofContainer, request, there, reason, List.of(), Looking.PRESENT, 0, clipboard);
  }

  public Pane without(List<String> why) {
    Optional<Console> none = Optional.empty();
    return new Pane(id, name, request, none, why, List.of(), looking, bellsSeen, clipboard);
  }

  /** Keeps a key until there is a console; the same pane if there are too many. */
  Pane typedEarly(Key key) {
    if (early.size() >= MAX_EARLY) {
      return this;
    }
    List<Key> more = new ArrayList<>(early);
    more.add(key);
    return new Pane(id, name, request, console, reason, more, looking, bellsSeen, clipboard);
  }

  Pane with(Looking changed) {
    return new Pane(id, name, request, console, reason, early, changed, bellsSeen, clipboard);
  }

  Pane with(ClipboardRule changed) {
    return new Pane(id, name, request, console, reason, early, looking, bellsSeen, changed);
  }

  /** The user has seen it. */
  public Pane seen() {
    long bells = console.map(Console::bells).orElse(0L);
    return bells == bellsSeen
        ? this
        : new Pane(id, name, request, console, reason, early, looking, bells, clipboard);
  }

  /** Whether it rang since it was last seen. */
  public boolean rang() {
    return console.map(c -> c.bells() != bellsSeen).orElse(false);
  }

  boolean isInteractive() {
    return console.map(Console::isInteractive).orElse(false);
  }

  /** What is seen of it. */
  Optional<TerminalView> view() {
    return console.map(c -> c.view(looking.from()));
  }

  /** Its name and what runs in it; the guest's own title if it gave itself one. */
  public String title() {
    String guest = console.map(Console::title).orElse("");
    String process = request.map(ConsoleRequest::process).orElse("");
    String what = guest.isBlank() ? process : guest;
    return what.isBlank() ? name : name + " · " + what;
  }

  /** A short name for a tab. */
  public String label() {
    String process = request.map(ConsoleRequest::word).orElse("");
    return process.isBlank() ? name : name + ":" + process;
  }
}
