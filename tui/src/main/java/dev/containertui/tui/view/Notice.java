package dev.containertui.tui.view;

/** A message in the bottom line; {@code hint} is what to do about it, may be empty. */
public record Notice(boolean error, String text, String hint) {}
