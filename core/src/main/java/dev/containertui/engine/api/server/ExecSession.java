package dev.containertui.engine.api.server;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ProcessSpec;
import java.util.OptionalInt;

/** A further process of a container, from when it is described until some time after its end. */
final class ExecSession {
  private final String id;
  private final Container container;
  private final ProcessSpec spec;
  private final DetachKeys keys;
  private boolean begun;
  private ContainerProcess process;
  private OptionalInt exitCode = OptionalInt.empty();

  /**
   * @param id 64 hexadecimal digits
   * @param keys null: none lets go
   */
  ExecSession(String id, Container container, ProcessSpec spec, DetachKeys keys) {
    this.id = id;
    this.container = container;
    this.spec = spec;
    this.keys = keys;
  }

  String id() {
    return id;
  }

  Container container() {
    return container;
  }

  ProcessSpec spec() {
    return spec;
  }

  DetachKeys keys() {
    return keys;
  }

  /** Whether the caller is the one who may start it; true once. */
  synchronized boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  synchronized void started(ContainerProcess started) {
    process = started;
  }

  synchronized void ended(int code) {
    exitCode = OptionalInt.of(code);
  }

  /** Null before the start, and if that failed. */
  synchronized ContainerProcess process() {
    return process;
  }

  synchronized OptionalInt exitCode() {
    return exitCode;
  }

  synchronized boolean isRunning() {
    return process != null && exitCode.isEmpty();
  }

  synchronized boolean isOver() {
    return exitCode.isPresent();
  }
}
