package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The command line on this process's own streams and signals, over an engine in memory. */
final class FakeMain {
  private FakeMain() {}

  public static void main(String[] arguments) {
    FakeEngine engine = new FakeEngine();
    engine.images.add(FakeEngine.image("img"));
    engine.program = FakeMain::play;
    if (System.getenv("FAKE_SUPERVISED") != null) {
      engine.pid = 1; // as if it were another process
    }
    CliContext context =
        new CliContext(
            Stdio.ofProcess(),
            System.getenv(),
            () -> engine,
            HostSignals.ofProcess(),
            Clock.systemUTC());
    System.exit(new Cli(context).run(arguments));
  }

  /** Prints what arrives, byte by byte; {@code q} ends it, {@code b} breaks this process. */
  private static int play(FakeContainer.FakeProcess process) throws Exception {
    Thread.ofVirtual().start(() -> reportSizes(process));
    Thread.ofVirtual().start(() -> reportSignals(process));
    say(process, "ready");
    InputStream in = process.stdin;
    for (int b = in.read(); b >= 0 && b != 'q'; b = in.read()) {
      if (b == 'b') {
        System.exit(99);
      }
      say(process, "byte " + b);
    }
    return 7;
  }

  private static void reportSizes(FakeContainer.FakeProcess process) {
    try {
      while (true) {
        TerminalSize size = process.sizes.poll(60, TimeUnit.SECONDS);
        say(process, "size " + size.columns() + "x" + size.rows());
      }
    } catch (Exception e) {
      // the end of the process
    }
  }

  private static void reportSignals(FakeContainer.FakeProcess process) {
    try {
      while (true) {
        say(process, "signal " + process.awaitSignal());
      }
    } catch (Exception e) {
      // the end of the process
    }
  }

  private static void say(FakeContainer.FakeProcess process, String line) throws Exception {
    synchronized (process) {
      process.stdout.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      process.stdout.flush();
    }
  }
}
