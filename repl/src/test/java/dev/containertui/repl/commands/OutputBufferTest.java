package dev.containertui.repl.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputBufferTest {
  @Test
  void keepsTheLastBytesWhateverThePieces() {
    Random random = new Random(7);
    for (int limit : new int[] {1, 7, 8192, 20_000}) {
      OutputBuffer buffer = new OutputBuffer(limit);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 300; i++) {
        byte[] piece = new byte[random.nextInt(limit * 2 + 1) / (i % 5 + 1)];
        random.nextBytes(piece);
        buffer.append(piece, piece.length);
        all.writeBytes(piece);
        byte[] written = all.toByteArray();
        int from = Math.max(0, written.length - limit);
        assertArrayEquals(Arrays.copyOfRange(written, from, written.length), buffer.bytes());
        assertEquals(from > 0, buffer.dropped());
      }
    }
  }

  @Test
  void emptyIsEmpty() {
    assertEquals("", new OutputBuffer(10).text());
    assertFalse(new OutputBuffer(10).dropped());
  }

  @Test
  void sizesOfMemoryAreRead() {
    assertEquals(512L << 20, ContainerRequest.bytes("512m"));
    assertEquals(1L << 30, ContainerRequest.bytes("1 GiB"));
    assertEquals(4096, ContainerRequest.bytes("4096"));
    for (String wrong : new String[] {"", "m", "-1", "1x", "1.5g", "99999999999999999999"}) {
      var e = assertThrows(EngineException.class, () -> ContainerRequest.bytes(wrong));
      assertTrue(e.hint().contains("512m"));
    }
  }
}
