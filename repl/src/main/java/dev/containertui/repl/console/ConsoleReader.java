package dev.containertui.repl.console;

import dev.containertui.repl.slash.Setting;
import dev.containertui.repl.slash.Settings;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.List;
import java.util.function.Supplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Buffer;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/**
 * JLine's line editor with what a console of Java wants besides: grey text ahead of the cursor,
 * search of earlier lines by their beginning, and lists and documentation below the line.
 */
public final class ConsoleReader extends LineReaderImpl {
  /** What a block is indented by. */
  public static final int INDENTATION_WIDTH = 2;

  private static final int MOST_SEARCHED = 2000;
  private static final String BRACKETED_PASTE_ON = "\u001b[?2004h";

  private final Settings settings;
  private final Supplier<Style> style;
  private final TabKey tab;
  private final ParameterHints hints;

  /** What would go in if the cursor moved on: the rest of an earlier line. */
  private String ghost = "";

  private boolean finishing;
  private Runnable whenDrawn = () -> {};
  private String listedFor = "";
  private String searched = "";
  private String found;

  /**
   * @param style what the terminal can show at the moment
   */
  public ConsoleReader(
      Terminal terminal,
      Settings settings,
      Supplier<Style> style,
      Completer completer,
      Documentation documentation,
      LastValue lastValue) {
    super(terminal, "container-tui", null);
    this.settings = settings;
    this.style = style;
    this.tab = new TabKey(this, completer, documentation, lastValue, style);
    this.hints = new ParameterHints(documentation, lastValue, this::showHint);
    widgets();
  }

  private void widgets() {
    getWidgets().put("console-tab", tab::press);
    getWidgets().put("console-tab-answer", tab::apply);
    getWidgets().put("console-document", tab::document);
    getWidgets().put("console-up", () -> step(-1));
    getWidgets().put("console-down", () -> step(1));
    getWidgets().put("console-new-line", this::openLine);
    for (String name : List.of(FORWARD_CHAR, END_OF_LINE)) {
      var builtin = getBuiltinWidgets().get(name);
      getWidgets().put(name, () -> take(ghost.length()) || builtin.apply());
    }
    var word = getBuiltinWidgets().get(FORWARD_WORD);
    getWidgets().put(FORWARD_WORD, () -> take(wordLength(ghost)) || word.apply());
    getWidgets().put("console-close-block", this::closeBlock);
    KeyMap<Binding> keys = getKeyMaps().get(LineReader.MAIN);
    // The highlighter shows the other bracket; JLine would jump there, and eat spaces.
    keys.bind(new Reference(SELF_INSERT), ")", "]");
    keys.bind(new Reference("console-close-block"), "}");
    keys.bind(new Reference("console-tab"), "\t");
    bind(keys, "console-up", Capability.key_up, "\u001b[A", "\u001bOA", KeyMap.ctrl('P'));
    bind(keys, "console-down", Capability.key_down, "\u001b[B", "\u001bOB", KeyMap.ctrl('N'));
    bind(keys, "console-document", Capability.key_f1, "\u001bOP", "\u001b[11~", "\u001b?");
    keys.bind(new Reference("console-new-line"), "\u001b\r");
    keys.bind(new Reference(FORWARD_WORD), "\u001b[1;5C");
    keys.bind(new Reference(BACKWARD_WORD), "\u001b[1;5D");
  }

  private boolean openLine() {
    buf.write("\n");
    return true;
  }

  /** A bracket at the beginning of a line moves out to where its block began. */
  private boolean closeBlock() {
    String before = buf.upToCursor();
    int lineStart = before.lastIndexOf('\n') + 1;
    if (lineStart > 0 && before.substring(lineStart).isBlank()) {
      buf.backspace(Math.min(INDENTATION_WIDTH, before.length() - lineStart));
    }
    buf.write("}");
    return true;
  }

  private void bind(KeyMap<Binding> keys, String widget, Capability key, String... more) {
    String own = KeyMap.key(terminal, key);
    if (own != null && !own.isEmpty()) {
      keys.bind(new Reference(widget), own);
    }
    for (String sequence : more) {
      keys.bind(new Reference(widget), sequence);
    }
  }

  // --- grey text

  @Override
  public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
    if (post != null && !listedFor.isEmpty() && !listedFor.equals(state(buf))) {
      post = null;
      listedFor = "";
    }
    AttributedString line = super.getDisplayedBufferWithPrompts(secondaryPrompts);
    ghost = "";
    if (finishing || buf.cursor() < buf.length() || !style.get().colour()) {
      return line;
    }
    String text = buf.toString();
    ghost = settings.isOn(Setting.SUGGEST) ? suggestion(text) : "";
    String shown = ghost;
    if (ghost.isEmpty() && settings.isOn(Setting.HINTS) && !text.isBlank()) {
      shown = hints.hint(text);
    }
    int end = shown.indexOf('\n');
    if (end >= 0) {
      shown = shown.substring(0, end) + " …";
    }
    if (post != null || shown.isEmpty()) {
      return line; // the list stands behind the line already
    }
    return new AttributedStringBuilder()
        .append(line)
        .styled(AttributedStyle.DEFAULT.faint(), shown)
        .toAttributedString();
  }

  private String suggestion(String text) {
    if (text.isBlank()) {
      return "";
    }
    int searched = 0;
    for (int i = history.last(); i >= history.first() && searched < MOST_SEARCHED; i--) {
      String line = history.get(i);
      if (line.length() > text.length() && line.startsWith(text)) {
        return line.substring(text.length());
      }
      searched++;
    }
    return "";
  }

  private boolean take(int length) {
    if (ghost.isEmpty() || buf.cursor() < buf.length()) {
      return false;
    }
    buf.write(ghost.substring(0, length));
    return true;
  }

  private static int wordLength(String text) {
    int end = 0;
    while (end < text.length() && !Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private void showHint() {
    lock.lock();
    try {
      if (reading && state == State.NORMAL && display != null) {
        redisplay();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was learnt of methods: what has been evaluated may have changed it. */
  public void forgetHints() {
    hints.forget();
  }

  // --- earlier lines

  /** Up or down: within the text, or to the next earlier or later line that begins like this. */
  private boolean step(int direction) {
    if (direction < 0 ? buf.up() : buf.down()) {
      return true;
    }
    String text = buf.toString();
    if (!text.equals(found)) {
      searched = buf.upToCursor();
      if (buf.cursor() < buf.length() && searched.indexOf('\n') >= 0) {
        searched = "";
      }
    }
    for (int i = history.index() + direction; i >= history.first(); i += direction) {
      if (i > history.last()) {
        history.moveToEnd();
        show(searched);
        return true;
      }
      String line = history.get(i);
      if (line.startsWith(searched) && !line.equals(text)) {
        history.moveTo(i);
        show(line);
        return true;
      }
    }
    return false;
  }

  private void show(String line) {
    setBuffer(line);
    found = line;
  }

  // --- what stands below the line

  /** Shows lines below the one that is edited until that changes. */
  void showBelow(List<String> lines) {
    AttributedString text = AttributedString.fromAnsi(String.join("\n", lines));
    post = lines.isEmpty() ? null : () -> text;
    listedFor = lines.isEmpty() ? "" : state(buf);
  }

  /** How many lines there is room for below. */
  int roomBelow() {
    int own =
        buf.toString().split("\n", -1).length + buf.length() / Math.max(20, size.getColumns());
    return Math.max(3, size.getRows() - own - 2);
  }

  private static String state(Buffer buffer) {
    return buffer.cursor() + ":" + buffer;
  }

  /** The text that is edited. */
  Buffer edited() {
    return buf;
  }

  // --- begin and end

  /** Reads a line. */
  public String read(String prompt) {
    finishing = false;
    found = null;
    tab.reset();
    return readLine(prompt);
  }

  /** Has something done once the prompt stands there for the first time. */
  public void whenDrawn(Runnable action) {
    whenDrawn = action;
  }

  @Override
  protected void redisplay(boolean flush) {
    super.redisplay(flush);
    if (flush) {
      Runnable action = whenDrawn;
      whenDrawn = () -> {};
      action.run();
    }
  }

  @Override
  protected void cleanup() {
    finishing = true;
    super.cleanup();
  }

  /** Calls one of this reader's widgets from another thread, if a line is being read. */
  void answer(String widget) {
    lock.lock();
    try {
      if (reading && state == State.NORMAL) {
        callWidget(widget);
        redisplay();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Draws everything anew, after something else has used the terminal. */
  public void drawAgain() {
    lock.lock();
    try {
      if (reading) {
        terminal.puts(Capability.keypad_xmit);
        terminal.writer().write(BRACKETED_PASTE_ON);
        redrawLine();
        redisplay();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Dim text in the style of the moment. */
  String dim(String text) {
    return style.get().paint(Tone.DIM, text);
  }

  /** Lines read so far, also of earlier sessions. */
  public History lines() {
    return history;
  }
}
