package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of e2fsprogs, which know nothing of our code. */
final class Judges {
  /** What a program did; both of its streams as ISO-8859-1, so that bytes survive. */
  record Result(int status, String output) {}

  private Judges() {}

  /** e2fsck finds nothing to complain about, and says nothing but its closing line. */
  static void assertClean(Path image) {
    Result result = run("e2fsck", "-fn", image.toString());
    String complaints =
        result
            .output
            .lines()
            .filter(line -> !line.startsWith("e2fsck "))
            .filter(line -> !line.startsWith("Pass "))
            .filter(line -> !line.matches(".*: \\d+/\\d+ files .*"))
            .reduce("", (a, b) -> a + b + "\n");
    assertEquals("", complaints);
    assertEquals(0, result.status);
  }

  /** Output of a debugfs command that must succeed. */
  static String debugfs(Path image, String command) {
    Result result = run("debugfs", "-R", command, image.toString());
    assertEquals(0, result.status, result.output);
    return result.output.lines().skip(1).reduce("", (a, b) -> a + b + "\n");
  }

  static Result run(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("TZ", "UTC");
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end to " + String.join(" ", command));
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command[0] + ": is e2fsprogs installed?", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
