/**
 * What the screen shows: {@link dev.containertui.tui.view.Model}, plain data, and {@link
 * dev.containertui.tui.view.Renderer}, a pure function from a model and a size to a picture.
 */
package dev.containertui.tui.view;
