package dev.containertui.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer to PROCESSES (PROTOCOL.md section 8, PROCESS_INFO). */
final class ProcessList {
  private static final int FIXED_BYTES = 4 * Integer.BYTES + 2 * Long.BYTES;
  private static final int MAX_COMMAND_BYTES = 4096;
  private static final int MAX_PROCESSES = 1024;

  private ProcessList() {}

  static List<GuestProcess> of(Fields fields) throws ProtocolViolation {
    List<ByteBuffer> values = fields.all(Tag.PROCESS_INFO);
    if (values.size() > MAX_PROCESSES) {
      throw new ProtocolViolation("a list of " + values.size() + " processes");
    }
    List<GuestProcess> processes = new ArrayList<>();
    for (ByteBuffer value : values) {
      processes.add(process(value));
    }
    return List.copyOf(processes);
  }

  private static GuestProcess process(ByteBuffer value) throws ProtocolViolation {
    int size = value.remaining();
    if (size < FIXED_BYTES || size > FIXED_BYTES + MAX_COMMAND_BYTES) {
      throw new ProtocolViolation("a process entry of " + size + " bytes");
    }
    int pid = value.getInt();
    int parentPid = value.getInt();
    int user = value.getInt();
    int state = value.getInt();
    long cpuMicros = value.getLong();
    long residentBytes = value.getLong();
    if (pid < 0
        || parentPid < 0
        || state < 'A'
        || state > 'z'
        || cpuMicros < 0
        || residentBytes < 0) {
      throw new ProtocolViolation("a process entry out of range");
    }
    byte[] command = new byte[value.remaining()];
    value.get(command);
    return new GuestProcess(
        pid, parentPid, user, (char) state, cpuMicros, residentBytes, Fields.text(command));
  }
}
