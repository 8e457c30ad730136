package dev.containertui.demo;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Shows the whole path once, without internet: a registry in this process, a pull over HTTP, a
 * machine of its own, commands in it, a shell. Only the kernel and the template of that machine
 * stay afterwards.
 */
public final class Demo {
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int MAX_SHOWN_BYTES = 64 << 10;

  /** Ends at once when it is told to, which a bare {@code sleep} as PID 1 would not. */
  private static final List<String> WAIT =
      List.of("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait; done");

  private static final List<String> COMMANDS =
      List.of("uname -a", "ps -o pid,user,args", "mount | grep ' / '", "df -h /", "cat /etc/motd");

  private final Engine engine;
  private final PrintStream out;
  private final Style style;
  private final Front front;

  /** How the front end takes part. */
  public interface Front {
    /** Pulls an image and shows how it goes. */
    ImageSummary pull(Engine engine, String reference);

    /** Installs a kernel and shows how it goes. */
    InstalledKernel installKernel(Engine engine);

    /** Runs a shell in the container until the user leaves it; does nothing without a terminal. */
    void shell(Container container);
  }

  /**
   * How it is printed.
   *
   * @param fancy whether the terminal understands bold
   * @param columns width of the terminal
   */
  public record Style(boolean fancy, int columns) {}

  public Demo(Engine engine, PrintStream out, Style style, Front front) {
    this.engine = engine;
    this.out = out;
    this.style = style;
    this.front = front;
  }

  /** Runs it; whatever it made is gone afterwards, also if it fails. */
  public void run() {
    Busybox busybox = Busybox.find();
    try (LoopbackRegistry registry = LoopbackRegistry.start()) {
      DemoImage.of(busybox).push(registry, "demo/busybox", "latest");
      String reference = registry.reference("demo/busybox", "latest").toString();
      heading("1  A registry in this process");
      out.println(
          "   http://"
              + registry.address()
              + " serves demo/busybox:latest, made of the busybox of this machine");
      pull(reference);
      try {
        kernel();
        runContainer(reference);
      } finally {
        cleanUp(() -> engine.images().remove(reference, true));
      }
    }
  }

  private void pull(String reference) {
    heading("2  Pull it like any other image");
    out.flush();
    long start = System.nanoTime();
    ImageSummary image = front.pull(engine, reference);
    out.println("   " + reference);
    out.println("   " + image.digest());
    out.printf(
        "   %,d bytes in %d layers merged into one ext4 file system, %d ms%n",
        image.sizeBytes(), 2, millisSince(start));
  }

  private void kernel() {
    heading("3  A kernel for the machine");
    out.flush();
    InstalledKernel kernel =
        engine.kernels().defaultKernel().orElseGet(() -> front.installKernel(engine));
    out.println("   " + kernel.name() + " (" + kernel.source() + ")");
  }

  private void runContainer(String reference) {
    heading("4  Start a machine of its own");
    out.flush();
    Container container =
        engine
            .containers()
            .create(ContainerSpec.of(reference).arguments(WAIT).hostname("demo").build());
    try {
      container.start();
      for (String line :
          BootChart.lines(container.bootTimeline(), Math.clamp(style.columns() - 42L, 10, 50))) {
        out.println("   " + line);
      }
      heading("5  Look around in it");
      for (String command : COMMANDS) {
        show(container, command);
      }
      out.flush();
      front.shell(container);
    } finally {
      cleanUp(() -> container.stop(GRACE));
      cleanUp(() -> container.remove(true));
    }
  }

  private void show(Container container, String command) {
    out.println("   " + bold("$ " + command));
    ContainerProcess process = container.exec(ProcessSpec.of("sh", "-c", command + " 2>&1"));
    try {
      process.getOutputStream().close();
      drain(process.getInputStream())
          .toString(StandardCharsets.UTF_8)
          .lines()
          .forEach(l -> out.println("   " + l));
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "demo cancelled", e);
    }
  }

  private static ByteArrayOutputStream drain(InputStream from) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(from.readNBytes(MAX_SHOWN_BYTES));
    from.transferTo(java.io.OutputStream.nullOutputStream());
    return bytes;
  }

  /** Cleaning up goes on after a failure and after a cancellation. */
  private static void cleanUp(Runnable step) {
    boolean interrupted = Thread.interrupted();
    try {
      step.run();
    } catch (EngineException e) {
      // it is gone already, or never came to be
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void heading(String text) {
    out.println();
    out.println(bold(text));
  }

  private String bold(String text) {
    return style.fancy() ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
