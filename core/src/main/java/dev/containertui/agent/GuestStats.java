package dev.containertui.agent;

/** What the container uses, as its guest counts it (PROTOCOL.md section 8); 0 where unknown. */
public record GuestStats(
    long cpuMicros,
    long memoryBytes,
    long memoryLimitBytes,
    long processCount,
    long networkReceivedBytes,
    long networkSentBytes,
    long blockReadBytes,
    long blockWrittenBytes,
    long oomKills) {

  static GuestStats of(Fields fields) throws ProtocolViolation {
    return new GuestStats(
        fields.optionalU64(Tag.CPU_USER_MICROS).orElse(0)
            + fields.optionalU64(Tag.CPU_SYSTEM_MICROS).orElse(0),
        fields.optionalU64(Tag.MEMORY_CURRENT).orElse(0),
        fields.optionalU64(Tag.MEMORY_MAX).orElse(0),
        fields.optionalU64(Tag.PIDS).orElse(0),
        fields.optionalU64(Tag.NET_RX_BYTES).orElse(0),
        fields.optionalU64(Tag.NET_TX_BYTES).orElse(0),
        fields.optionalU64(Tag.BLOCK_READ_BYTES).orElse(0),
        fields.optionalU64(Tag.BLOCK_WRITE_BYTES).orElse(0),
        fields.optionalU64(Tag.OOM_KILLS).orElse(0));
  }
}
