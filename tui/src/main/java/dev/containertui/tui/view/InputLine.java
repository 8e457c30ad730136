package dev.containertui.tui.view;

/**
 * The line at the bottom while it is typed in.
 *
 * @param prompt {@code ':'} for a command, {@code '/'} for a filter
 * @param cursor index into {@code text}
 * @param hint shown faintly behind the text: usage or completions
 */
public record InputLine(char prompt, String text, int cursor, String hint) {}
