package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.OptionalLong;

/**
 * How the memory of a container's machine is reckoned.
 *
 * <pre>
 *   0          limit                                   machine = class
 *   ├────────────┼───────────────────────┬────────────────┤
 *   │ container  │ slack: page cache,    │    overhead    │
 *   │            │ costs nothing unused  │  kernel, init  │
 *   └────────────┴───────────────────────┴────────────────┘
 * </pre>
 *
 * <p>Machines come in a few sizes only, the <em>memory classes</em> 128, 192, 256, 384, 512, 768, …
 * MiB (2ⁿ and 3·2ⁿ⁻¹), so that few shapes serve all requests; the exact limit is kept inside, by
 * the container's cgroup. The host gives memory only as the guest touches it, so what a class has
 * to spare costs nothing but its share of the page array.
 *
 * @param limitBytes what the container may use; the kernel rounds it down to whole pages; empty: as
 *     much as the machine has
 * @param overheadBytes set aside for the guest's kernel and init
 * @param classBytes the smallest class that holds limit and overhead
 * @param machineBytes what the machine gets, a multiple of 1 MiB: the class, unless the host has
 *     less than that
 */
record MachineMemory(
    OptionalLong limitBytes, long overheadBytes, long classBytes, long machineBytes) {
  private static final long MIB = 1L << 20;

  /** As Docker has it. */
  static final long MIN_LIMIT_BYTES = 6 * MIB;

  static final long SMALLEST_CLASS_BYTES = 128 * MIB;

  /** Without a limit: room for a package manager or a small Java program beside the kernel. */
  static final long DEFAULT_CLASS_BYTES = 512 * MIB;

  /** The most that an x86-64 processor can address. */
  static final long MAX_BYTES = 1L << 52;

  /**
   * What kernel and init take whatever the size: text, data, slabs, loaded modules. Measured as
   * what a greedy process could not get of machines of 128 to 512 MiB with the distribution's cloud
   * kernel 6.1: 74 to 84 MiB, the page array included.
   */
  private static final long FIXED_OVERHEAD_BYTES = 80 * MIB;

  /**
   * What they take of the machine besides, as one part of so many. The page array alone is 1/64 (64
   * bytes for each page of 4 KiB); hash tables grow with the memory too; and from 512 MiB usable on
   * the kernel keeps 36 to 66 MiB free for huge pages, from 4 GiB on 64 MiB for DMA. Measured in
   * all: 125 MiB of 768, 140 of 1024, 164 of 2048, 191 of 3072, 304 of 4096.
   */
  private static final long OVERHEAD_PART = 16;

  /**
   * @param hostBytes memory of the host
   * @throws EngineException INVALID if {@code limit} is too little for any container, EXHAUSTED if
   *     it is more than the host has
   */
  static MachineMemory of(OptionalLong limit, long hostBytes) {
    if (limit.isEmpty()) {
      return inside(limit, DEFAULT_CLASS_BYTES, hostBytes);
    }
    long bytes = limit.getAsLong();
    check(bytes, hostBytes);
    MachineMemory memory = inside(limit, classThatHolds(bytes), hostBytes);
    if (bytes > memory.machineBytes - memory.overheadBytes) {
      throw tooMuch(
          "%d MiB of memory were asked for, and a machine of that size needs %d more for itself"
              .formatted(mib(bytes), mib(memory.overheadBytes)),
          hostBytes);
    }
    return memory;
  }

  private static MachineMemory inside(OptionalLong limit, long classBytes, long hostBytes) {
    long machineBytes = Math.min(classBytes, hostBytes / MIB * MIB);
    return new MachineMemory(limit, overhead(machineBytes), classBytes, machineBytes);
  }

  private static void check(long limit, long hostBytes) {
    if (limit < MIN_LIMIT_BYTES) {
      throw new EngineException(
          Kind.INVALID,
          "too little memory for a container: " + limit + " bytes",
          "ask for at least " + mib(MIN_LIMIT_BYTES) + " MiB");
    }
    if (limit > Math.min(hostBytes, MAX_BYTES)) {
      throw tooMuch("%d MiB of memory were asked for".formatted(mib(limit)), hostBytes);
    }
  }

  private static EngineException tooMuch(String asked, long hostBytes) {
    return new EngineException(
        Kind.EXHAUSTED,
        asked + ", but this host has " + mib(hostBytes) + " MiB",
        "ask for less memory");
  }

  private static long classThatHolds(long limit) {
    long size = SMALLEST_CLASS_BYTES;
    while (size - overhead(size) < limit) {
      size = Long.bitCount(size) == 1 ? size / 2 * 3 : size / 3 * 4;
    }
    return size;
  }

  private static long overhead(long machineBytes) {
    return FIXED_OVERHEAD_BYTES + machineBytes / OVERHEAD_PART;
  }

  private static long mib(long bytes) {
    return bytes / MIB;
  }
}
