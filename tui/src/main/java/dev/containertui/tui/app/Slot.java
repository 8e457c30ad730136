package dev.containertui.tui.app;

/**
 * The place of one part of the {@link State}, known to those that it concerns.
 *
 * @param name for failures and tests
 * @param initial its value until another one is set
 */
public record Slot<S>(String name, S initial) {}
