package dev.containertui.view;

/** A value that knows how it is best shown to a person. */
public interface Viewable {
  /** How it looks now. */
  View view();
}
