package dev.containertui.tui.view;

import java.util.List;

/** What the help overlay says: also the one list of keys and commands to keep in step with. */
final class Help {
  /** A heading if {@code text} is empty. */
  record Entry(String key, String text) {}

  static final List<Entry> ENTRIES =
      List.of(
          new Entry("Everywhere", ""),
          new Entry("1 2 3  Tab", "containers, images, console; next pane"),
          new Entry("↑ ↓  j k", "move; g G first and last, PgUp PgDn by pages"),
          new Entry("/", "filter the table; Esc clears it"),
          new Entry(":", "command line; Tab completes, ↑ ↓ history"),
          new Entry("!", "the last message in full"),
          new Entry("Esc", "back; while an image is pulled: cancel it"),
          new Entry("Ctrl-L", "paint the screen anew"),
          new Entry("q", "quit; containers end with the program"),
          new Entry("Containers", ""),
          new Entry("e", "a shell in the container (/bin/sh)"),
          new Entry("a", "its main process: output, and keys if it has a terminal"),
          new Entry("Enter i", "inspect"),
          new Entry("s", "stop: SIGTERM, then SIGKILL"),
          new Entry("K", "kill: SIGKILL at once"),
          new Entry("d", "remove"),
          new Entry("Images", ""),
          new Entry("r", "run: opens a command line to complete"),
          new Entry("p", "pull"),
          new Entry("Enter i", "inspect"),
          new Entry("d", "remove"),
          new Entry("Console", ""),
          new Entry("Ctrl-]", "detach: the program runs on, keys are ours again"),
          new Entry("Shift-PgUp", "scroll back; detached also PgUp and k"),
          new Entry("Enter", "attach again"),
          new Entry("[ ]", "previous and next console, when detached"),
          new Entry("x", "close; a shell that still runs is hung up"),
          new Entry("Commands", ""),
          new Entry(":pull REF", "fetch an image"),
          new Entry(":run [-it] [--name N] IMAGE [CMD…]", "start a container"),
          new Entry(":exec CMD…", "a program in the selected container"),
          new Entry(":stop :kill :rm [NAME]", "the named or the selected container"),
          new Entry(":rmi [REF]", "remove an image"),
          new Entry(":help  :quit", ""));

  private Help() {}

  static boolean isHeading(Entry entry) {
    return entry.text().isEmpty() && !entry.key().startsWith(":");
  }
}
