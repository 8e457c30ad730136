package dev.containertui.kernel;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what the kernel's makefiles make ({@code CC mm/slub.o}; tools come with their whole path)
 * and tells now and then.
 */
final class ObjectCount implements Consumer<String> {
  private static final Pattern OBJECT =
      Pattern.compile("  (?:CC|AS) +(?:/\\S*/output/)?(\\S+\\.o)");
  private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  private final int about;
  private final Consumer<KernelBuildEvent> progress;
  private int count;
  private long toldNanos = System.nanoTime() - INTERVAL_NANOS;

  ObjectCount(int about, Consumer<KernelBuildEvent> progress) {
    this.about = about;
    this.progress = progress;
  }

  @Override
  public void accept(String line) {
    Matcher matcher = OBJECT.matcher(line);
    if (matcher.matches()) {
      count++;
      long now = System.nanoTime();
      if (now - toldNanos >= INTERVAL_NANOS) {
        toldNanos = now;
        progress.accept(
            new KernelBuildEvent.Compiled(count, Math.max(count, about), matcher.group(1)));
      }
    }
  }
}
