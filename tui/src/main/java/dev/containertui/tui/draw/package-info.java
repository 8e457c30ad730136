/** Pictures of the screen as plain data: a grid of styled cells, and a canvas to draw them on. */
package dev.containertui.tui.draw;
