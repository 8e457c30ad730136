/**
 * Long texts to look into: logs, files. {@link dev.containertui.tui.text.Lines} holds them, {@link
 * dev.containertui.tui.text.Viewport} says which part is seen, {@link
 * dev.containertui.tui.text.LineView} draws it, {@link dev.containertui.tui.text.ViewActions} are
 * its keys, as in less(1).
 */
package dev.containertui.tui.text;
