package dev.containertui.container;

import java.util.Map;

/** Is told what happens to containers. Must not wait. */
public interface ContainerEvents {
  /**
   * @param action as in Docker calls it: {@code create}, {@code die}, …
   * @param attributes more about it
   */
  void happened(String action, String containerId, String name, Map<String, String> attributes);
}
