package dev.containertui.tui.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a console on the bare terminal does with keys, and with what its guest switched on. */
class HandOverTest {
  private final DeafProcess process = new DeafProcess();
  private final Console console =
      new Console(
          process,
          new TerminalSize(20, 5),
          new Console.Listener() {
            @Override
            public void changed() {}

            @Override
            public void clipboard(String text) {}

            @Override
            public void ended() {}
          });

  /** A process that shows a text and never reads. */
  private static final class DeafProcess implements ConsoleProcess {
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch shown = new CountDownLatch(1);
    private String text = "";

    @Override
    public boolean onTerminal() {
      return true;
    }

    @Override
    public boolean hasInput() {
      return true;
    }

    @Override
    public void read(Sink sink) throws InterruptedException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sink.accept(bytes, 0, bytes.length);
      shown.countDown();
      end.await();
    }

    @Override
    public String end() {
      return "ended";
    }

    @Override
    public OutputStream input() {
      return new OutputStream() {
        @Override
        public void write(int b) {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };
    }

    @Override
    public void resize(TerminalSize size) {}

    @Override
    public void close() {
      end.countDown();
    }
  }

  @AfterEach
  void close() {
    console.close();
  }

  private void start(String text) throws InterruptedException {
    process.text = text;
    console.start();
    assertTrue(process.shown.await(60, TimeUnit.SECONDS), "it is read");
  }

  /** Keys that come one by one. */
  private static InputStream keys(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(1, length));
      }
    };
  }

  @Test
  void aGuestThatReadsNothingCanBeLeft() throws Exception {
    start("");
    InputStream keys = keys("x".repeat(5000) + "\u001drest");
    ByteArrayOutputStream bells = new ByteArrayOutputStream();
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> HandOver.copyKeys(console, keys, bells));
    assertEquals("rest", new String(keys.readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(bells.size() > 4000, "a bell for each key that was lost");
    assertEquals("\u0007".repeat(bells.size()), bells.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theTerminalBecomesAsTheGuestHasItsOwn() throws Exception {
    start(
        "\u001b[?1003h\u001b[?1006h\u001b[?1h\u001b=\u001b[?2004h\u001b[?1004h\u001b[5 q\u001b[?25l");
    assertEquals(
        "[?1003h [?1006h [?1h = [?2004h [?1004h [5 q [?25l",
        console.modes().substring(1).replace("\u001b", " "));
  }

  @Test
  void nothingIsSwitchedOnThatTheGuestDidNot() throws Exception {
    start("plain\u001b[?1003h\u001b[?1003l\u001b[3 q\u001b[0 q");
    assertEquals("", console.modes());
  }
}
