/** The virtual machines: one for each container that runs, and what they take of the host. */
package dev.containertui.tui.screen.machines;
