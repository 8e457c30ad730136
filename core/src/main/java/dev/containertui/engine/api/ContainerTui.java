package dev.containertui.engine.api;

/**
 * What the Docker Engine API has no words for travels in an object of this name, which other
 * clients do not look at.
 */
public final class ContainerTui {
  public static final String FIELD = "ContainerTui";

  private ContainerTui() {}
}
