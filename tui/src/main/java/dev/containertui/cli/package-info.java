/** The command line: Docker's grammar, one process, one engine. Starts at {@link Main}. */
package dev.containertui.cli;
