package dev.containertui.container;

/** Is told what happens to containers. Must not wait. */
public interface ContainerEvents {
  /**
   * @param action one of {@code create start exec die stop destroy}
   */
  void happened(String action, String containerId, String name);
}
