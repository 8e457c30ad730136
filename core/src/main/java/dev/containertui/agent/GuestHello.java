package dev.containertui.agent;

import java.util.List;

/**
 * What the guest says of itself when it is met.
 *
 * @param architecture {@code x86_64} or {@code aarch64}
 * @param kernelRelease as {@code uname -r} prints it
 * @param clockNanos nanoseconds since the guest's kernel started, when this was said
 * @param receivedNanoTime {@link System#nanoTime()} when this was heard
 */
public record GuestHello(
    String architecture,
    String kernelRelease,
    long clockNanos,
    long receivedNanoTime,
    List<Stamp> stamps) {
  private static final int VERSION = 1;

  static GuestHello of(Fields fields, long receivedNanoTime) throws ProtocolViolation {
    fields.u32(Tag.VERSION, VERSION, VERSION);
    return new GuestHello(
        fields.string(Tag.ARCH),
        fields.string(Tag.RELEASE),
        fields.u64(Tag.CLOCK),
        receivedNanoTime,
        Stamp.of(fields));
  }

  static byte[] request(byte[] nonce, int leaseMillis) {
    return new FieldsBuilder("HELLO")
        .u32(Tag.VERSION, VERSION)
        .bytes(Tag.NONCE, nonce)
        .u32(Tag.LEASE, leaseMillis)
        .build();
  }

  /** The host's {@link System#nanoTime()} when the guest's clock showed {@code guestClockNanos}. */
  public long nanoTimeOf(long guestClockNanos) {
    return receivedNanoTime - clockNanos + guestClockNanos;
  }
}
