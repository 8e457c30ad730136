package dev.containertui.repl.console;

import java.util.ArrayList;
import java.util.List;

/** The words of the console with a line of explanation each, for help and completion. */
public final class Vocabulary {
  private record Entry(String usage, String meaning) {}

  private static final List<Entry> WORDS =
      List.of(
          new Entry("pull(\"alpine\")  images()  image(\"…\")", "fetches, lists, finds images"),
          new Entry("i.layers()  i.history()  i.fs(\"/etc\")", "what is in an image"),
          new Entry("run(\"alpine\", \"date\").text()", "runs a command in a container of its own"),
          new Entry("var c = run(\"alpine\").detach()", "starts a container that runs on"),
          new Entry(
              "run(\"alpine\").name(\"web\").memory(\"256m\").detach()", "the same, with options"),
          new Entry(
              "containers()  c(\"web\")  machines()", "lists, finds containers; their machines"),
          new Entry("c.exec(\"uname\", \"-a\").text()", "runs a command in a container"),
          new Entry("a.exec(…).pipe(b.exec(…)).lines()", "a pipe from container to container"),
          new Entry("c.shell()", "a shell in it on this terminal, Ctrl-] comes back"),
          new Entry("c.logs().tail(20).grep(\"…\")", "what it has written"),
          new Entry("c.stats()  c.processes()  c.timeline()", "what it uses, runs, how it started"),
          new Entry("c.fs(\"/etc/hosts\")  c.cp(…)  c.diff()", "its files"),
          new Entry("c.stop()  c.kill()  c.waitFor()  c.rm()", "ends it"),
          new Entry("events()  watch(() -> stats())", "what happens, and goes on"),
          new Entry("await(…)  parallel(list, x -> …)", "waits; does many things at once"),
          new Entry(
              "volumes()  volume(\"data\")  createVolume(…)", "files that outlive containers"),
          new Entry("inspect(\"web\")", "everything about a container or an image, as JSON"),
          new Entry("system()  df()  prune()  doctor()", "the engine, the disk, the host"),
          new Entry("kernels()  installKernel()  templates()", "what containers boot"),
          new Entry("print(x)  exit(n)  engine()", "shows a value, leaves, the engine's own API"));

  private Vocabulary() {}

  /** All of them with their meanings. */
  public static Definitions definitions() {
    Definitions definitions = new Definitions();
    WORDS.forEach(entry -> definitions.add(entry.usage(), entry.meaning()));
    return definitions;
  }

  /** What an empty line can become. */
  static List<Completion> starts() {
    List<Completion> starts = new ArrayList<>();
    for (Entry entry : WORDS) {
      for (String usage : entry.usage().split(" {2}")) {
        int bracket = usage.indexOf('(');
        String word = bracket < 0 ? "" : usage.substring(0, bracket);
        String text = word + (usage.startsWith("()", Math.max(0, bracket)) ? "()" : "(");
        boolean known = starts.stream().anyMatch(start -> start.text().equals(text));
        if (word.matches("[a-z]\\w*") && !known) {
          starts.add(new Completion(text, usage, entry.meaning(), false));
        }
      }
    }
    return starts;
  }
}
