/** The engine over a Unix socket, seen from a front end: Docker's Engine API, asked with OkHttp. */
package dev.containertui.engine.api.client;
