/**
 * The frame that all screens stand in. State goes through {@link dev.containertui.tui.app.Program}:
 *
 * <pre>
 *   event ──▶ update(state, event) ──▶ state ──▶ render(state, size) ──▶ cells
 *                   │
 *                   └──▶ effects: on threads of their own, they come back as events
 * </pre>
 *
 * Update and render are pure but for the consoles, whose emulators other threads feed. A screen is
 * one {@link dev.containertui.tui.app.WorkScreen}; what it does is a list of {@link
 * dev.containertui.tui.app.Action}s, from which keys, help and palette are made.
 */
package dev.containertui.tui.app;
