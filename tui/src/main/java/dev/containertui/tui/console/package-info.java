/**
 * Terminals of processes in containers.
 *
 * <pre>
 *   ConsoleRequest ─▶ ConsoleOpener ─▶ ConsoleProcess ◀─▶ Console (threads, Emulator)
 *                                                            │
 *                              Consoles ─▶ Tab ─▶ Pane ──────┘ what the user looks at of it
 *                                                  │
 *   keys, mouse ─▶ PaneKeys, PaneMouse, CopyKeys ──┴─▶ PaneView ─▶ cells
 * </pre>
 *
 * <p>All but {@link dev.containertui.tui.console.Console} are values. A console is fed by threads
 * of its own; what the user does to it (typing, sizes) is queued and never blocks.
 */
package dev.containertui.tui.console;
