/**
 * What the console does with its terminal as such: takes it and gives it back as it was, lends it
 * to a process in a container, suspends itself.
 */
package dev.containertui.repl.terminal;
