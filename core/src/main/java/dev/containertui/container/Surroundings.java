package dev.containertui.container;

/**
 * What the containers of one engine share.
 *
 * @param supervising whether the engine holds the state directory, and its containers outlive it
 */
record Surroundings(
    ContainerStore store,
    ContainerSupplies supplies,
    VolumeClaims claims,
    ContainerEvents events,
    boolean supervising) {}
