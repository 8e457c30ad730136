package dev.containertui.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameFuzzTest {
  private static final int ROUNDS = 200_000;

  private static ByteBuffer buffer(byte[] bytes, int length) {
    return ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void whatWasEncodedIsDecodedAndEveryCutOfItIsWaitedFor() throws Exception {
    Random random = new Random(7);
    MessageType[] types = MessageType.values();
    for (int round = 0; round < 200; round++) {
      byte[] payload = new byte[random.nextInt(300)];
      random.nextBytes(payload);
      Frame frame =
          new Frame(types[random.nextInt(types.length)], random.nextInt() & 0x7fffffff, payload);
      ByteBuffer wire = ByteBuffer.allocate(frame.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      frame.encode(wire);
      for (int cut = 0; cut < wire.capacity(); cut++) {
        assertNull(Frame.decode(buffer(wire.array(), cut)));
      }
      Frame decoded = Frame.decode(wire.flip());
      assertEquals(frame.type(), decoded.type());
      assertEquals(frame.id(), decoded.id());
      assertArrayEquals(payload, decoded.payload());
      assertTrue(!wire.hasRemaining());
    }
  }

  @Test
  void randomBytesAreAFrameOrAViolationAndNothingElse() {
    Random random = new Random(8);
    int frames = 0;
    int violations = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (round % 2 == 0 && bytes.length > 8) {
        bytes[1] = bytes[2] = bytes[3] = bytes[5] = bytes[6] = bytes[7] = 0;
        bytes[0] &= 31;
        bytes[4] &= 31;
      }
      try {
        if (Frame.decode(buffer(bytes, bytes.length)) != null) {
          frames++;
        }
      } catch (ProtocolViolation e) {
        violations++;
      }
    }
    assertTrue(frames > 1000, "frames: " + frames);
    assertTrue(violations > 1000, "violations: " + violations);
  }

  @Test
  void randomPayloadsAreFieldsOrAViolationAndNothingElse() {
    Random random = new Random(9);
    int good = 0;
    int violations = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      for (int at = 0; at + 8 <= bytes.length; at += 8 + (bytes[at + 4] & 15)) {
        bytes[at] &= 15;
        bytes[at + 1] = bytes[at + 2] = bytes[at + 3] = bytes[at + 5] = 0;
        bytes[at + 6] = bytes[at + 7] = 0;
        bytes[at + 4] &= 15;
      }
      try {
        Fields fields = Fields.parse(bytes);
        Stamp.of(fields);
        ProcessList.of(fields);
        GuestStats.of(fields);
        fields.u32(Tag.PID, 0, 100);
        good++;
      } catch (ProtocolViolation e) {
        violations++;
      }
    }
    assertTrue(good + violations == ROUNDS);
    assertTrue(violations > 1000, "violations: " + violations);
  }
}
