import static dev.containertui.ContainerTui.*;

import dev.containertui.Container;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.error.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The API without a console: a plain Java program that tests a web service in a container. Class path
 * and start are in docs/api.md.
 *
 * <p>usage: java PlainJava [image [directory]]
 */
public final class PlainJava {
  private PlainJava() {}

  public static void main(String[] args) {
    String image = args.length > 0 ? args[0] : "busybox";
    if (args.length > 1) {
      // An engine of the program's own, with a directory of its own, which the program has to close.
      try (Engine engine = LocalEngine.open(EngineConfig.below(Path.of(args[1])))) {
        use(engine);
        report(image);
      }
    } else {
      // An engine in this very process, on the user's images; its containers end with it. Without this
      // line it would be the engine of the command line, and containers could outlive the program.
      embedded();
      report(image);
    }
  }

  private static void report(String image) {
    try {
      System.out.println("ok: " + test(image));
    } catch (EngineException e) {
      // One line that says what failed and on what, and one that says what to do.
      System.err.println(e.getMessage() + (e.hint().isEmpty() ? "" : "\nhint: " + e.hint()));
      System.exit(1);
    } finally {
      close();
    }
  }

  private static String test(String image) {
    Container web = run(image, "httpd", "-f", "-p", "8080", "-h", "/etc").name("web").rm().detach();
    await(
        "the server answers",
        () -> web.exec("wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/passwd").code() == 0,
        Duration.ofSeconds(60));
    // Virtual threads: blocking code, any number of requests at the same time.
    List<Integer> lengths =
        parallel(
            4,
            List.of("passwd", "group", "hosts", "hostname"),
            file -> web.exec("wget", "-q", "-O", "-", "http://127.0.0.1:8080/" + file).text().length());
    return lengths.size() + " files, " + lengths.stream().mapToInt(i -> i).sum() + " characters";
  }
}
