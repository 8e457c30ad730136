package dev.containertui.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A step that the guest's init has finished.
 *
 * @param clockNanos nanoseconds since the guest's kernel started
 * @param step {@code init}, {@code modules}, {@code channel}, {@code disks}, {@code mounts}, {@code
 *     network} or {@code process}
 */
public record Stamp(long clockNanos, String step) {
  private static final int MAX_STEP_BYTES = 32;
  private static final int MAX_STAMPS = 64;

  static List<Stamp> of(Fields fields) throws ProtocolViolation {
    List<ByteBuffer> values = fields.all(Tag.STAMP);
    if (values.size() > MAX_STAMPS) {
      throw new ProtocolViolation(values.size() + " stamps");
    }
    List<Stamp> stamps = new ArrayList<>();
    for (ByteBuffer value : values) {
      if (value.remaining() < Long.BYTES || value.remaining() > Long.BYTES + MAX_STEP_BYTES) {
        throw new ProtocolViolation("a stamp of " + value.remaining() + " bytes");
      }
      long clock = value.getLong();
      if (clock < 0) {
        throw new ProtocolViolation("a stamp out of range");
      }
      byte[] step = new byte[value.remaining()];
      value.get(step);
      stamps.add(new Stamp(clock, Fields.text(step)));
    }
    return List.copyOf(stamps);
  }
}
