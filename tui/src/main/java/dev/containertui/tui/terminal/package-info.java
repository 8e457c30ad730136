/**
 * The user's terminal: opened and put back by {@link dev.containertui.tui.terminal.HostTerminal},
 * its bytes turned into keys, pictures painted on it. Only this package knows JLine and Lanterna.
 */
package dev.containertui.tui.terminal;
