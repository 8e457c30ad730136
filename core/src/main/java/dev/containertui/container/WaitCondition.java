package dev.containertui.container;

/** What may be waited for, as in Docker's API. */
public enum WaitCondition {
  /** It does not run; true at once for one that was never started or has ended. */
  NOT_RUNNING,
  /** Its main process ends, now or after a start to come. */
  NEXT_EXIT,
  /** It is removed. */
  REMOVED
}
