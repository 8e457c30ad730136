package dev.containertui.tui.facts;

/** What is known of the host over time. */
public enum HostMetric {
  /** Percent of one core: of four busy ones 400. */
  CPU,
  /** The machines' part of that. */
  MACHINES_CPU,
  /** Bytes that are not available any more. */
  MEMORY,
  /** Resident bytes of the machines, each shared page counted at each. */
  MACHINES_RESIDENT,
  /** Processes that run or wait, on average over a minute. */
  LOAD
}
