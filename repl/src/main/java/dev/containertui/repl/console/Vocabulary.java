package dev.containertui.repl.console;

import dev.containertui.repl.render.Cell;
import dev.containertui.repl.render.Table;
import dev.containertui.repl.render.Table.Column;
import dev.containertui.repl.render.Tone;
import java.util.ArrayList;
import java.util.List;

/** The words of the console with a line of explanation each, for help and completion. */
public final class Vocabulary {
  private record Entry(String usage, String meaning) {}

  private static final List<Entry> WORDS =
      List.of(
          new Entry("pull(\"alpine\")", "fetches an image"),
          new Entry("images()  image(\"…\")  rmi(\"…\")", "lists, finds, removes images"),
          new Entry("var c = run(\"alpine\")", "starts a container, each in its own machine"),
          new Entry(
              "from(\"alpine\").name(\"web\").memory(\"256m\").run(\"httpd\")",
              "the same, with options"),
          new Entry("containers()  container(\"web\")", "lists, finds containers"),
          new Entry("c.exec(\"uname\", \"-a\")", "runs a command in a container"),
          new Entry("c.shell()", "a shell in it on this terminal, Ctrl-] comes back"),
          new Entry("c.stats()  c.processes()  c.timeline()", "what it uses, runs, how it started"),
          new Entry("c.logs()  c.waitFor()  c.result()", "output so far, its exit code, both"),
          new Entry("c.stop()  c.kill()  c.remove()", "ends it"),
          new Entry("inspect(\"web\")", "everything about a container or an image, as JSON"),
          new Entry("kernels()  installKernel()  doctor()", "the guest kernels, the host's health"),
          new Entry("templates()", "the booted machines that containers start from"),
          new Entry("print(x)  exit(n)  engine()", "shows a value, leaves, the engine's own API"));

  private Vocabulary() {}

  /** All of them as a table without titles. */
  public static Table table() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Entry entry : WORDS) {
      rows.add(List.of(new Cell(entry.usage(), Tone.NAME), Cell.of(entry.meaning())));
    }
    return new Table(List.of(Column.left(""), Column.left("")), rows);
  }

  /** What an empty line can become. */
  static List<Completion> starts() {
    List<Completion> starts = new ArrayList<>();
    for (Entry entry : WORDS) {
      for (String usage : entry.usage().split(" {2}")) {
        String word = usage.replaceFirst("^var c = ", "");
        int bracket = word.indexOf('(');
        if (word.startsWith("c.") || bracket < 0) {
          continue;
        }
        String text = word.substring(0, bracket + (word.startsWith("()", bracket) ? 2 : 1));
        starts.add(new Completion(text, usage, entry.meaning(), false));
      }
    }
    return starts;
  }
}
