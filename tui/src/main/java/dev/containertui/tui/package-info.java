/**
 * The full-screen front end: {@link dev.containertui.tui.Workbench}.
 *
 * <p>One thread, the {@code EventLoop}'s, owns all state and draws; keys, samples, pulls and
 * consoles run on threads of their own and hand it small tasks.
 */
package dev.containertui.tui;
