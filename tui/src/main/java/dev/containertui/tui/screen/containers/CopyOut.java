package dev.containertui.tui.screen.containers;

import dev.containertui.copy.Copy;
import dev.containertui.copy.CopyEnd;
import dev.containertui.copy.CopyEnd.InContainer;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.export.HostFile;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.text.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Copies from a container to this host, by the rules of {@code container-tui cp}. */
final class CopyOut {
  private CopyOut() {}

  /** Asks first if a file of this host would be written over. */
  static Step ask(State state, ContainerFacts container, String path, String target) {
    if (target.isEmpty() || !HostFile.isFile(target)) {
      return start(state, container, path, target);
    }
    return Step.to(
        Confirm.ask(
            state,
            "Write over " + target + "?",
            List.of("There is a file of this name on this host."),
            s -> start(s, container, path, target)));
  }

  private static Step start(State state, ContainerFacts container, String path, String target) {
    if (target.isEmpty()) {
      return Step.to(state);
    }
    String name = container.name();
    State told = Shell.note(state, "copying " + name + ":" + path + " …", "");
    return Step.to(
        Shell.did(
            told,
            "container-tui cp " + Words.quoted(name + ":" + path) + " " + Words.quoted(target),
            "c("
                + Words.java(name)
                + ").cp("
                + Words.java(path)
                + ", Path.of("
                + Words.java(target)
                + "))"),
        new Effect(
            "copy " + name + ":" + path,
            host -> {
              Path to = HostFile.path(target);
              List<String> warnings = Collections.synchronizedList(new ArrayList<>());
              // The id has no colon, whatever the path has.
              if (CopyEnd.parse(container.id() + ":" + path) instanceof InContainer from) {
                String ending = target.endsWith("/") ? "/" : "";
                new Copy(false, false, warnings::add)
                    .out(container.handle().files(), from, to + ending);
              }
              host.post("copied", s -> Step.to(told(s, path, to, warnings)));
            }));
  }

  private static State told(State state, String path, Path to, List<String> warnings) {
    if (warnings.isEmpty()) {
      return Shell.success(state, "copied " + path, to.toString());
    }
    List<String> details = new ArrayList<>(List.of("copied " + path + " to " + to, ""));
    details.addAll(warnings);
    return state.with(
        Shell.SLOT,
        s ->
            s.said(
                new Notice(
                    Notice.Level.NOTE,
                    "copied " + path + ", " + warnings.size() + " things were left out",
                    "! shows which",
                    details)));
  }
}
