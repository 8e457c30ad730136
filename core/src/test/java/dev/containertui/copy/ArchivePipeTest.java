package dev.containertui.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArchivePipeTest {
  private static final EngineException FAILURE = new EngineException(Kind.UNAVAILABLE, "no");

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bytesPassUnchangedHoweverManyThereAre() {
    byte[] bytes = new byte[5_000_001];
    new Random(1).nextBytes(bytes);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    ArchivePipe.run(
        out -> write(out, bytes),
        in -> {
          try {
            in.transferTo(read);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertArrayEquals(bytes, read.toByteArray());
  }

  @Test
  void anArchiveThatIsNotCompleteHasNoEnd() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                ArchivePipe.run(
                    out -> {
                      write(out, new byte[100_000]);
                      throw FAILURE;
                    },
                    in -> assertThrows(IOException.class, in::readAllBytes)));
    assertSame(FAILURE, e);
  }

  @Test
  void aConsumerThatFailsEndsTheProducer() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                ArchivePipe.run(
                    out -> {
                      while (true) {
                        write(out, new byte[100_000]);
                      }
                    },
                    in -> {
                      throw FAILURE;
                    }));
    assertSame(FAILURE, e);
  }

  @Test
  void aConsumerNeedNotReadAll() {
    ArchivePipe.run(out -> write(out, new byte[3_000_000]), in -> {});
  }

  @Test
  void anInterruptCancelsIt() throws Exception {
    Throwable[] thrown = new Throwable[1];
    Thread copy =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ArchivePipe.run(
                        out -> {
                          try {
                            Thread.sleep(600_000);
                          } catch (InterruptedException e) {
                            throw FAILURE;
                          }
                        },
                        in -> {});
                  } catch (RuntimeException e) {
                    thrown[0] = e;
                  }
                });
    Thread.sleep(200);
    copy.interrupt();
    copy.join();
    EngineException e = (EngineException) thrown[0];
    assertEquals(Kind.CANCELLED, e.kind());
    assertTrue(e.getMessage().contains("cancelled"));
  }
}
