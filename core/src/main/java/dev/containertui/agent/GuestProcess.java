package dev.containertui.agent;

/**
 * A process that runs in a container.
 *
 * @param pid in the container's PID namespace; its main process is 1
 * @param user numeric user id
 * @param cpuMicros CPU time used, microseconds
 * @param residentBytes resident memory
 * @param command command line, arguments joined by spaces; at most 4096 bytes
 */
public record GuestProcess(
    int pid,
    int parentPid,
    int user,
    char state,
    long cpuMicros,
    long residentBytes,
    String command) {}
