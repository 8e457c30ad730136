package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;

/** Finds what a command line names, or says that there is no such thing. */
final class Lookup {
  private Lookup() {}

  /**
   * @throws EngineException NOT_FOUND
   */
  static Container container(Engine engine, String name) {
    return engine
        .containers()
        .find(name)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "no such container: " + name,
                    "container-tui ps -a lists the containers"));
  }

  /**
   * @throws EngineException NOT_FOUND
   */
  static ImageSummary image(Engine engine, String name) {
    return engine
        .images()
        .find(name)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "no such image: " + name,
                    "container-tui images lists the images"));
  }
}
