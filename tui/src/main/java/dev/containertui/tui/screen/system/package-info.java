/**
 * The engine and this host: what has happened, what is on the disk, whether all is well, and what
 * the workbench has said. Each is a tab.
 */
package dev.containertui.tui.screen.system;
