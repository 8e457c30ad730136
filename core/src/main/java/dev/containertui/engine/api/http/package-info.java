/**
 * HTTP/1.1 on a Unix domain socket, with blocking code on virtual threads. Bytes are parsed by
 * Apache HttpCore; what is here reads ahead, keeps the limits, and hands a connection over to who
 * asks for it.
 */
package dev.containertui.engine.api.http;
