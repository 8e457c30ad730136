/** The JShell console in a pane: keys go to it and its output to an emulator, all in memory. */
package dev.containertui.tui.screen.jshell;
