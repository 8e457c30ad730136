/**
 * The console's line: when it is whole, how it is coloured, what Tab makes of it, what stands grey
 * ahead of the cursor, and what appears above the prompt meanwhile.
 */
package dev.containertui.repl.console;
