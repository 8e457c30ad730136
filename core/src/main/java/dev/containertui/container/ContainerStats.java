package dev.containertui.container;

import java.time.Instant;

/**
 * One sample of what a container uses, seen from inside (guest's cgroup) and from outside (the
 * machine's process). Counters only grow; take differences between two samples for rates.
 *
 * @param guestCpuMicros CPU time of the container's processes, microseconds
 * @param guestMemoryBytes memory of the container's cgroup, bytes, page cache included
 * @param guestMemoryLimitBytes the container's limit or the memory of the guest, whichever is less,
 *     bytes
 * @param processCount processes and threads in the container
 * @param networkReceivedBytes received on eth0
 * @param networkSentBytes sent on eth0
 * @param blockReadBytes read from the guest's disks
 * @param blockWrittenBytes written to the guest's disks
 * @param machineCpuMicros CPU time of the machine's host process, microseconds
 * @param machineResidentBytes resident memory of the machine's host process, bytes
 * @param machineSharedBytes how much of that is mapped from files, and so shared with whatever else
 *     maps them: pages of the template that the guest has not written yet, and the hypervisor's
 *     program; 0 where unknown
 */
public record ContainerStats(
    Instant at,
    long guestCpuMicros,
    long guestMemoryBytes,
    long guestMemoryLimitBytes,
    long processCount,
    long networkReceivedBytes,
    long networkSentBytes,
    long blockReadBytes,
    long blockWrittenBytes,
    long machineCpuMicros,
    long machineResidentBytes,
    long machineSharedBytes) {
  /** A sample of an engine that does not tell what is shared. */
  public ContainerStats(
      Instant at,
      long guestCpuMicros,
      long guestMemoryBytes,
      long guestMemoryLimitBytes,
      long processCount,
      long networkReceivedBytes,
      long networkSentBytes,
      long blockReadBytes,
      long blockWrittenBytes,
      long machineCpuMicros,
      long machineResidentBytes) {
    this(
        at,
        guestCpuMicros,
        guestMemoryBytes,
        guestMemoryLimitBytes,
        processCount,
        networkReceivedBytes,
        networkSentBytes,
        blockReadBytes,
        blockWrittenBytes,
        machineCpuMicros,
        machineResidentBytes,
        0);
  }
}
