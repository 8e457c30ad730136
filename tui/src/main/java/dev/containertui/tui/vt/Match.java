package dev.containertui.tui.vt;

/**
 * Where a text was found.
 *
 * @param start its first cell
 * @param end the place behind its last cell, in the row of that cell
 */
public record Match(Position start, Position end) {}
