/**
 * The process that holds a user's engine: what it does, how it is found, started and ended. It
 * leaves nothing behind but what runs, and comes back when somebody needs it.
 */
package dev.containertui.engine.api.process;
