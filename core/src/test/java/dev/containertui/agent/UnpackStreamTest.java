package dev.containertui.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.agent.UnpackStream.Attributes;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The stream against the page of the protocol; {@link AgentMachineIT} has the real other side. */
class UnpackStreamTest {
  private static final Attributes PLAIN =
      new Attributes(0644, 0, 0, Instant.ofEpochSecond(5, 6), Map.of());

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final UnpackStream stream = new UnpackStream(bytes);

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileIsItsHeaderItsNameItsContentAndItsXattrs() throws Exception {
    Attributes attributes =
        new Attributes(
            06755, 1000, -2, Instant.ofEpochSecond(-3, 999), Map.of("user.a", new byte[] {7, 8}));
    stream.file(utf8("a/é"), attributes, new ByteArrayInputStream("contents".getBytes()), 7);
    stream.finish();
    byte[] expected =
        ByteBuffer.allocate(48 + 4 + 7 + 8 + 6 + 2 + 48)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {2, 0, 4, 0, 0, 0, 1, 0})
            .putInt(06755)
            .putInt(1000)
            .putInt(-2)
            .putInt(999)
            .putLong(-3)
            .putInt(0)
            .putInt(0)
            .putLong(7)
            .put(new byte[] {'a', '/', (byte) 0xc3, (byte) 0xa9})
            .put("content".getBytes())
            .put(new byte[] {6, 0, 0, 0, 2, 0, 0, 0})
            .put("user.a".getBytes())
            .put(new byte[] {7, 8})
            .array();
    assertArrayEquals(expected, bytes.toByteArray());
  }

  @Test
  void timesOfDirectoriesComeLastAndTheDeepestFirst() throws Exception {
    stream.directory(utf8("a"), PLAIN);
    stream.directory(utf8("a/b"), PLAIN);
    stream.finish();
    byte[] all = bytes.toByteArray();
    assertEquals(49 + 51 + 51 + 49 + 48, all.length);
    assertEquals(
        List.of(1, 1, 8, 8, 0),
        List.of((int) all[0], (int) all[49], (int) all[100], (int) all[151], (int) all[200]));
    assertEquals('b', all[150]);
  }

  private void assertInvalid(Executable call) {
    assertEquals(Kind.INVALID, assertThrows(EngineException.class, call).kind());
  }

  @Test
  void whatTheOtherSideWouldRefuseIsNotSent() throws Exception {
    for (String path :
        List.of("", "/a", "a/", "a//b", ".", "..", "a/./b", "../a", "a\0b", "x".repeat(4096))) {
      assertInvalid(() -> stream.directory(utf8(path), PLAIN));
      assertInvalid(() -> stream.hardLink(utf8(path), utf8("a")));
      assertInvalid(() -> stream.hardLink(utf8("a"), utf8(path)));
    }
    assertInvalid(() -> stream.symbolicLink(utf8("a"), PLAIN, utf8("")));
    assertInvalid(() -> stream.symbolicLink(utf8("a"), PLAIN, utf8("b\0")));
    assertInvalid(() -> stream.characterDevice(utf8("a"), PLAIN, 4096, 0));
    assertInvalid(() -> stream.blockDevice(utf8("a"), PLAIN, 0, 1 << 20));
    assertInvalid(() -> stream.file(utf8("a"), PLAIN, new ByteArrayInputStream(new byte[0]), -1));
    assertInvalid(() -> new Attributes(010000, 0, 0, Instant.EPOCH, Map.of()));
    assertInvalid(() -> new Attributes(0, -1, 0, Instant.EPOCH, Map.of()));
    for (Map<String, byte[]> xattrs :
        List.of(
            Map.of("", new byte[1]),
            Map.of("user." + "x".repeat(251), new byte[1]),
            Map.of("user.a", new byte[65_537]))) {
      Attributes attributes = new Attributes(0, 0, 0, Instant.EPOCH, xattrs);
      assertInvalid(() -> stream.fifo(utf8("a"), attributes));
      assertInvalid(
          () -> stream.file(utf8("a"), attributes, new ByteArrayInputStream(new byte[0]), 0));
    }
    stream.finish();
    assertArrayEquals(new byte[48], bytes.toByteArray());
  }

  @Test
  void contentThatIsTooShortIsNoticed() {
    assertThrows(
        EOFException.class,
        () -> stream.file(utf8("a"), PLAIN, new ByteArrayInputStream(new byte[3]), 4));
  }
}
