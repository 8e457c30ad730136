package dev.containertui.container;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is to change about a container; what is empty stays.
 *
 * @param cpus at most the machine's virtual CPUs while it runs
 * @param memoryBytes at most what the machine has while it runs
 */
public record ResourceUpdate(
    OptionalDouble cpus, OptionalLong memoryBytes, Optional<RestartPolicy> restartPolicy) {}
