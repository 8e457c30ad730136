package dev.containertui.container;

/** How a run is to end; kept by what asks for it, reset by the next run. */
enum StopIntent {
  /** As it comes, and as its policy wants. */
  NONE,
  /** It is stopped, and its policy does not count. */
  STOP,
  /** It is stopped to be started at once. */
  RESTART,
  /** It is stopped to be removed, so nobody is waited for. */
  REMOVE
}
