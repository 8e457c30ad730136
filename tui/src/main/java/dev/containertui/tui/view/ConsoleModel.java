package dev.containertui.tui.view;

import dev.containertui.tui.vt.TerminalView;

/**
 * A console as it is shown.
 *
 * @param title what runs where, for example {@code sh in web}
 * @param attached whether keys go to the program
 * @param interactive whether it takes keys at all
 * @param ended how it ended; empty while it runs
 * @param number which of {@code count} consoles, from 1
 */
public record ConsoleModel(
    String title,
    TerminalView view,
    boolean attached,
    boolean interactive,
    String ended,
    int number,
    int count) {}
