/**
 * What our engine tells besides the fields of Docker's Engine API: written by the server, read by
 * the client. It lies in an object {@code "ContainerTui"} beside those fields.
 */
package dev.containertui.engine.api.own;
