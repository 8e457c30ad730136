package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that judge what we write; a missing one is a failure. */
public final class Tools {
  /** What a program did; its output as ISO-8859-1, so that bytes survive. */
  public record Result(int status, String output) {}

  private Tools() {}

  public static void assertClean(Path image) {
    Result result = run("e2fsck", "-fn", image.toString());
    assertEquals(0, result.status, result.output);
    assertEquals(7, result.output.lines().count(), result.output);
  }

  /** Output of a program that must succeed. */
  public static String output(String... command) {
    Result result = run(command);
    assertEquals(0, result.status, String.join(" ", command) + "\n" + result.output);
    return result.output;
  }

  public static Result run(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
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
      throw new AssertionError("cannot run " + command[0], e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
