package dev.containertui.kernel;

/**
 * A step of a kernel's installation.
 *
 * @param step one line: what is being done
 * @param doneBytes of {@code totalBytes}; both 0 if the step cannot tell
 */
public record KernelInstallEvent(String step, long doneBytes, long totalBytes) {}
