/** Serves an engine to clients of the Docker Engine API. */
package dev.containertui.engine.api.server;
