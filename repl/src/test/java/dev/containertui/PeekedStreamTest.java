package dev.containertui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PeekedStreamTest {
  @Test
  void whatWasLookedAtIsStillThere() throws Exception {
    byte[] bytes = new byte[5 << 20];
    new Random(5).nextBytes(bytes);
    PeekedStream stream = new PeekedStream(new ByteArrayInputStream(bytes));
    byte[] first = stream.readNBytes(1000);
    while (stream.peek().length < 1 << 19) {
      Thread.sleep(5);
    }
    byte[] rest = stream.readAllBytes();
    assertEquals(bytes.length, first.length + rest.length);
    assertArrayEquals(bytes, join(first, rest));
    assertTrue(stream.complete());
    assertEquals(-1, stream.read());
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] all = new byte[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @Test
  void itDoesNotFetchWithoutBound() throws Exception {
    AtomicLong fetched = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            fetched.addAndGet(length);
            return length;
          }
        };
    PeekedStream stream = new PeekedStream(endless);
    int before;
    int now = 0;
    do {
      before = now;
      Thread.sleep(100);
      now = stream.peek().length;
    } while (now != before);
    assertTrue(now <= 1 << 20, "holds " + now);
    assertTrue(fetched.get() <= (1 << 20) + (64 << 10), "fetched " + fetched);
    stream.close();
  }

  @Test
  void failuresComeAfterWhatCameBefore() throws Exception {
    InputStream broken =
        new InputStream() {
          private int left = 3;

          @Override
          public int read() throws IOException {
            if (left-- > 0) {
              return 'a';
            }
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            bytes[offset] = (byte) read();
            return 1;
          }
        };
    PeekedStream stream = new PeekedStream(broken);
    while (!stream.complete()) {
      stream.peek();
      Thread.sleep(5);
    }
    assertEquals("aaa", new String(stream.readNBytes(3)));
    org.junit.jupiter.api.Assertions.assertThrows(IOException.class, stream::read);
  }
}
