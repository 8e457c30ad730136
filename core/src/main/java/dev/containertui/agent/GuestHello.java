package dev.containertui.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the guest says of itself when it is met.
 *
 * @param architecture {@code x86_64} or {@code aarch64}
 * @param kernelRelease as {@code uname -r} prints it
 * @param clockNanos nanoseconds since the guest's kernel started, when this was said
 * @param receivedNanoTime {@link System#nanoTime()} when this was heard
 * @param frozen whether the container stands still
 * @param processes those that earlier clients started and have not released
 */
public record GuestHello(
    String architecture,
    String kernelRelease,
    long clockNanos,
    long receivedNanoTime,
    boolean frozen,
    List<Stamp> stamps,
    List<Listed> processes) {
  private static final int VERSION = 1;
  private static final int MAX_PROCESSES = 256;
  private static final int LISTED_BYTES = 2 * Integer.BYTES + 1;

  /**
   * A process that an earlier client started.
   *
   * @param pid process id as the guest's init sees it
   * @param alive whether it runs; if not, its exit code is there for who attaches to it
   */
  public record Listed(int handle, int pid, boolean alive) {
    private static Listed of(ByteBuffer value) throws ProtocolViolation {
      if (value.remaining() != LISTED_BYTES) {
        throw new ProtocolViolation("a process of " + value.remaining() + " bytes");
      }
      int handle = value.getInt();
      int pid = value.getInt();
      byte alive = value.get();
      if (handle < 1 || pid < 1 || alive < 0 || alive > 1) {
        throw new ProtocolViolation("a process out of range");
      }
      return new Listed(handle, pid, alive == 1);
    }

    private static List<Listed> all(Fields fields) throws ProtocolViolation {
      List<Listed> listed = new ArrayList<>();
      Set<Integer> handles = new HashSet<>();
      for (ByteBuffer value : fields.all(Tag.PROCESS)) {
        Listed process = of(value);
        if (listed.size() == MAX_PROCESSES || !handles.add(process.handle)) {
          throw new ProtocolViolation("a list of processes that cannot be");
        }
        listed.add(process);
      }
      return List.copyOf(listed);
    }
  }

  static GuestHello of(Fields fields, long receivedNanoTime) throws ProtocolViolation {
    fields.u32(Tag.VERSION, VERSION, VERSION);
    return new GuestHello(
        fields.string(Tag.ARCH),
        fields.string(Tag.RELEASE),
        fields.u64(Tag.CLOCK),
        receivedNanoTime,
        fields.flag(Tag.FROZEN),
        Stamp.of(fields),
        Listed.all(fields));
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
