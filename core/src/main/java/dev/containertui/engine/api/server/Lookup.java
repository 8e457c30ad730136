package dev.containertui.engine.api.server;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.image.ImageSummary;

/** Finds what requests name, and says in Docker's words if it is not there. */
final class Lookup {
  private Lookup() {}

  /**
   * @param name or id or unique prefix of an id; a leading slash does not count
   * @throws Failure 404
   */
  static Container container(Engine engine, String name) {
    String plain = name.startsWith("/") ? name.substring(1) : name;
    return engine
        .containers()
        .find(plain)
        .orElseThrow(() -> new Failure(404, "No such container: " + name));
  }

  static Container container(Engine engine, Request request) {
    return container(engine, request.path("id"));
  }

  /**
   * @throws Failure 404
   */
  static ImageSummary image(Engine engine, String name) {
    return engine.images().find(name).orElseThrow(() -> new Failure(404, "No such image: " + name));
  }
}
