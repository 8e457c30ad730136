package dev.containertui.tui;

import dev.containertui.error.EngineException;
import dev.containertui.tui.view.ContainerRow;
import dev.containertui.tui.view.Dialog;
import dev.containertui.tui.view.ImageRow;
import dev.containertui.tui.view.InputLine;
import dev.containertui.tui.view.Model;
import dev.containertui.tui.view.Notice;
import dev.containertui.tui.view.Pane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All state of the screen. Owned by the event loop; {@link #model} is what gets drawn. */
final class Workspace {
  private static final String STARTING = "engine starts …";

  final ListState<ContainerRow> containers =
      new ListState<>(
          ContainerRow::id,
          r -> r.name() + " " + r.image() + " " + r.state().word() + " " + r.id());
  final ListState<ImageRow> images =
      new ListState<>(r -> r.reference() + r.id(), r -> r.reference() + " " + r.id());
  final Tracker tracker = new Tracker();
  final Consoles consoles = new Consoles();
  final List<PullJob> pulls = new ArrayList<>();
  final LineEditor commandLine = new LineEditor();
  final LineEditor filterLine = new LineEditor();

  private final String version;
  private String engine = STARTING;
  private String failure = "";
  private boolean containersKnown;
  private boolean imagesKnown;
  private Pane pane = Pane.CONTAINERS;
  private Optional<Dialog> dialog = Optional.empty();
  private Runnable onYes = () -> {};
  private char prompt; // ':' or '/' while a line is typed, else 0
  private String inputHint = "";
  private Optional<Notice> notice = Optional.empty();
  private List<String> lastMessage = List.of("No message yet.");

  Workspace(String version) {
    this.version = version;
  }

  // --- panes

  Pane pane() {
    return pane;
  }

  /** Gives a pane the keyboard; a console is left attached only as long as it has it. */
  void goTo(Pane target) {
    if (target != Pane.CONSOLE) {
      consoles.current().ifPresent(c -> c.attach(false));
    }
    pane = target;
  }

  /** Shows a console and gives it the keys. */
  void enter(Console console) {
    consoles.current().ifPresent(c -> c.attach(false));
    consoles.show(console);
    console.attach(true);
    pane = Pane.CONSOLE;
  }

  void engine(EngineDescription description) {
    engine = description.words();
    description.problem().ifPresent(this::error);
  }

  void containersKnown() {
    containersKnown = true;
    failure = "";
  }

  void imagesKnown() {
    imagesKnown = true;
  }

  void failed(RuntimeException e) {
    containersKnown = true;
    imagesKnown = true;
    failure = message(e);
  }

  // --- messages

  void notice(String text, String hint) {
    notice = Optional.of(new Notice(false, text, hint));
    lastMessage = hint.isEmpty() ? List.of(text) : List.of(text, "", hint);
  }

  /** Shows what went wrong in one line, and keeps all of it for {@link #showLastMessage}. */
  void error(Throwable e) {
    String hint = e instanceof EngineException known ? known.hint() : "";
    notice = Optional.of(new Notice(true, message(e), hint));
    List<String> lines = new ArrayList<>();
    lines.add(message(e));
    if (!hint.isEmpty()) {
      lines.add("");
      lines.add(hint);
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      lines.add("");
      lines.add("because: " + message(cause));
    }
    if (!(e instanceof EngineException)) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      lines.add("");
      trace.toString().lines().map(l -> l.replace("\t", "    ")).forEach(lines::add);
    }
    lastMessage = List.copyOf(lines);
  }

  static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  void clearNotice() {
    notice = Optional.empty();
  }

  void showLastMessage() {
    open(new Dialog.TextPage("Last message", lastMessage, 0));
  }

  // --- dialogs

  Optional<Dialog> dialog() {
    return dialog;
  }

  void open(Dialog opened) {
    dialog = Optional.of(opened);
  }

  void confirm(String question, String detail, Runnable yes) {
    open(new Dialog.Confirm(question, detail));
    onYes = yes;
  }

  void closeDialog() {
    dialog = Optional.empty();
  }

  void answerYes() {
    closeDialog();
    onYes.run();
  }

  // --- the typed line

  boolean isTyping() {
    return prompt != 0;
  }

  char prompt() {
    return prompt;
  }

  void openCommandLine(String text) {
    prompt = ':';
    inputHint = "";
    commandLine.open(text);
  }

  void openFilter() {
    prompt = '/';
    inputHint = "Enter keeps it, Esc clears it";
    filterLine.open(table().filter());
  }

  void closeInput() {
    prompt = 0;
  }

  void inputHint(String hint) {
    inputHint = hint;
  }

  /** The table that a filter or a movement concerns. */
  ListState<?> table() {
    return pane == Pane.IMAGES ? images : containers;
  }

  // --- the picture

  Model model() {
    Optional<InputLine> input = Optional.empty();
    if (isTyping()) {
      LineEditor editor = prompt == ':' ? commandLine : filterLine;
      input = Optional.of(new InputLine(prompt, editor.text(), editor.cursor(), inputHint));
    }
    return new Model(
        version,
        engine,
        tracker.alive(),
        pane,
        containers.model(whyNoContainers()),
        images.model(whyNoImages()),
        consoles.model(),
        pulls.stream().map(PullJob::row).toList(),
        dialog,
        input,
        notice);
  }

  private List<String> whyNoContainers() {
    if (!failure.isEmpty()) {
      return List.of("The containers cannot be listed.", failure);
    } else if (!containersKnown) {
      return List.of("Looking for containers …");
    } else if (!containers.filter().isEmpty()) {
      return List.of(
          "No container matches /" + containers.filter() + ".", "Esc clears the filter.");
    } else if (images.all().isEmpty()) {
      return List.of(
          "No containers yet, and no image to make one of.",
          ":pull busybox fetches an image,",
          ":run -it busybox starts a container of it.");
    }
    return List.of(
        "No containers yet.",
        "Press 2, choose an image and press r,",
        "or type :run -it " + images.all().getFirst().reference());
  }

  private List<String> whyNoImages() {
    if (!failure.isEmpty()) {
      return List.of("The images cannot be listed.", failure);
    } else if (!imagesKnown) {
      return List.of("Looking for images …");
    } else if (!images.filter().isEmpty()) {
      return List.of("No image matches /" + images.filter() + ".", "Esc clears the filter.");
    }
    return List.of("No images yet.", "Press p, or type :pull busybox");
  }
}
