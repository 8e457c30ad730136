package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code run -it} on a real pseudo terminal. Exit code 251 would be a terminal left in raw mode.
 */
class TerminalTest {
  private static final String[] RUN = Subprocess.java(FakeMain.class, "run", "-it", "img");

  @Test
  void everyKeyArrivesAsItIsAndTheTerminalIsRestored() throws Exception {
    Subprocess.onTerminal(
            List.of(
                "expect:ready",
                "send:a",
                "expect:byte 97",
                "send:\\x03",
                "expect:byte 3",
                "send:\\r",
                "expect:byte 13",
                "send:\\x1a",
                "expect:byte 26",
                "send:\\x11",
                "expect:byte 17",
                "send:\\xff",
                "expect:byte 255",
                "send:q",
                "end"),
            RUN)
        .expect(7);
  }

  @Test
  void nothingIsEchoedLocally() throws Exception {
    String out =
        Subprocess.onTerminal(
                List.of("expect:ready", "send:zzz", "expect:(?s)122.*122.*122", "send:q"), RUN)
            .expect(7)
            .out();
    assertFalse(out.contains("zzz"), out);
    assertFalse(out.contains("\r\r\n"), "the terminal must not translate line ends again: " + out);
  }

  @Test
  void theContainerLearnsTheSizeAndItsChanges() throws Exception {
    Subprocess.onTerminal(
            List.of("expect:size 100x30", "resize:77x33", "expect:size 77x33", "send:q"), RUN)
        .expect(7);
  }

  @Test
  void terminationRestoresTheTerminal() throws Exception {
    Subprocess.onTerminal(List.of("expect:ready", "signal:TERM", "end"), RUN).expect(137);
  }

  @Test
  void anEndFromWithinRestoresTheTerminal() throws Exception {
    Subprocess.onTerminal(List.of("expect:ready", "send:b", "end"), RUN).expect(99);
  }

  @Test
  void withoutATerminalForTheContainerCtrlCIsASignal() throws Exception {
    String[] run = Subprocess.java(FakeMain.class, "run", "-i", "img");
    String out =
        Subprocess.onTerminal(
                List.of(
                    "expect:ready",
                    "send:\\x03",
                    "expect:signal 2",
                    "send:\\x03",
                    "expect:once more",
                    "send:\\x03",
                    "end"),
                run)
            .expect(137)
            .out();
    assertTrue(out.contains("press Ctrl-C once more"), out);
  }

  @Test
  void theDetachKeysLetGoAndRestoreTheTerminal() throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "FAKE_SUPERVISED=1"));
    command.addAll(List.of(RUN));
    String out =
        Subprocess.onTerminal(
                List.of(
                    "expect:ready",
                    "send:\\x10a",
                    "expect:byte 16",
                    "expect:byte 97",
                    "send:\\x10",
                    "send:\\x11",
                    "end"),
                command.toArray(String[]::new))
            .expect(0)
            .out();
    assertTrue(out.contains("read escape sequence"), out);
    assertFalse(out.contains("byte 17"), out);
  }

  @Test
  void helpIsColouredOnlyIfColourIsWanted() throws Exception {
    String[] help = Subprocess.java(FakeMain.class, "--help");
    assertTrue(Subprocess.onTerminal(List.of("end"), help).expect(0).out().contains("\u001b["));
    List<String> command = new ArrayList<>(List.of("env", "NO_COLOR=1"));
    command.addAll(List.of(help));
    String out =
        Subprocess.onTerminal(List.of("end"), command.toArray(String[]::new)).expect(0).out();
    assertFalse(out.contains("\u001b["), out);
  }
}
