package dev.containertui.kernel;

/** How the building of a kernel goes. */
public sealed interface KernelBuildEvent {
  /**
   * Before and after compiling.
   *
   * @param step one line: what is being done
   * @param doneBytes of {@code totalBytes}; both 0 if the step cannot tell
   */
  record Step(String step, long doneBytes, long totalBytes) implements KernelBuildEvent {}

  /**
   * While compiling; comes a few times a second.
   *
   * @param objects how many have been made
   * @param about how many there will be in the end, more or less
   * @param latest the one that is being made, as the build system names it
   */
  record Compiled(int objects, int about, String latest) implements KernelBuildEvent {}
}
