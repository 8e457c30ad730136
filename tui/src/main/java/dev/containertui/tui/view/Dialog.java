package dev.containertui.tui.view;

import java.util.List;

/** Something that lies over the panes and has the keyboard. */
public sealed interface Dialog {
  record Help(int scroll) implements Dialog {}

  /** A question answered with yes or no. */
  record Confirm(String question, String detail) implements Dialog {}

  /** A page of text: an inspection, or the whole of an error. */
  record TextPage(String title, List<String> lines, int scroll) implements Dialog {
    public TextPage {
      lines = List.copyOf(lines);
    }
  }
}
