/**
 * The lines of the console that are not Java: one table of commands, out of which come help,
 * completion and suggestions, the commands themselves, and the settings they change.
 */
package dev.containertui.repl.slash;
