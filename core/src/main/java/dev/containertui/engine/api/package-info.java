/**
 * The engine over a Unix domain socket, in the words of the Docker Engine API; what both sides,
 * server and client, share. {@code docs/docker-api.md} says what of that API is there.
 */
package dev.containertui.engine.api;
