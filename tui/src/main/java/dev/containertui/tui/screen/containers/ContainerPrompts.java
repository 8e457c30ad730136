package dev.containertui.tui.screen.containers;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.console.ConsoleRequests;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.InputLine.Input;
import dev.containertui.tui.widget.Names;
import java.util.List;
import java.util.Optional;

/** Actions that ask for a text first. */
final class ContainerPrompts {
  private static final TerminalSize TERMINAL = new TerminalSize(80, 24);

  private static Step ask(
      State state, String prompt, String text, String hint, InputLine.WithText done) {
    return Step.to(InputLine.open(state, Input.of(prompt, text, hint, done)));
  }

  Step rename(State state, ContainerFacts container) {
    return ask(
        state,
        "rename " + container.name() + " to ",
        container.name(),
        "Enter renames it",
        (s, text) -> renamed(s, container, text.strip()));
  }

  private static Step renamed(State state, ContainerFacts container, String name) {
    if (name.isEmpty() || name.equals(container.name())) {
      return Step.to(state);
    }
    return Step.to(
        Shell.did(
            state,
            "container-tui rename " + container.name() + " " + Words.quoted(name),
            "c(" + Words.java(container.name()) + ").rename(" + Words.java(name) + ")"),
        new Effect(
            "rename " + container.name(),
            host -> {
              container.handle().rename(name);
              host.post(
                  "renamed",
                  s -> Step.to(Shell.success(s, container.name() + " is called " + name, "")));
            }));
  }

  Step commit(State state, ContainerFacts container) {
    return ask(
        state,
        "make an image of " + container.name() + ", called ",
        container.name() + ":latest",
        "Enter makes it",
        (s, text) -> committed(s, container, text.strip()));
  }

  private static Step committed(State state, ContainerFacts container, String reference) {
    if (reference.isEmpty()) {
      return Step.to(state);
    }
    State told = Shell.note(state, "making " + reference + " of " + container.name() + " …", "");
    return Step.to(
        Shell.did(
            told,
            "container-tui commit " + container.name() + " " + Words.quoted(reference),
            "c(" + Words.java(container.name()) + ").commit(" + Words.java(reference) + ")"),
        new Effect(
            "commit " + container.name(),
            host -> {
              String digest =
                  container
                      .handle()
                      .commit(
                          new CommitSpec(
                              Optional.of(reference),
                              Optional.empty(),
                              Optional.empty(),
                              List.of(),
                              true));
              host.post(
                  "committed",
                  s -> Step.to(Shell.success(s, "made " + reference, Names.shortDigest(digest))));
            }));
  }

  Step run(State state, ContainerFacts container) {
    String image = Names.shortReference(container.image());
    return ask(
        state,
        "run " + image + " ",
        "",
        "arguments; none: the image's own command",
        (s, text) -> ran(s, container.image(), image, text));
  }

  private static Step ran(State state, String image, String shown, String text) {
    List<String> words;
    try {
      words = Words.split(text);
    } catch (EngineException e) {
      return Step.to(Shell.failed(state, e));
    }
    State told = Shell.note(state, "starting a container of " + shown + " …", "");
    String arguments = words.isEmpty() ? "" : " " + Words.quoted(words);
    return Step.to(
        Shell.did(
            told,
            "container-tui run -dit " + Words.quoted(shown) + arguments,
            "run("
                + Words.java(shown)
                + (words.isEmpty() ? "" : ", " + Words.java(words))
                + ").detach()"),
        new Effect(
            "run " + shown,
            host -> {
              // With a terminal and an open input, so that one can attach to a shell.
              Container made =
                  host.engine()
                      .containers()
                      .create(
                          ContainerSpec.of(image)
                              .arguments(words)
                              .terminal(TERMINAL)
                              .openStdin(true)
                              .build());
              made.start();
              String name = made.name();
              String id = made.id();
              host.post(
                  "started",
                  s ->
                      Step.to(
                          Shell.success(
                              s.with(ContainerTable.SLOT, t -> t.select(id)),
                              "started " + name,
                              "a attaches to it")));
            }));
  }

  /** Asks for a command once, for all of them. */
  Step exec(State state, List<ContainerFacts> containers) {
    return ask(
        state,
        "execute in " + Deed.some(containers.stream().map(ContainerFacts::name).toList()) + ": ",
        "",
        "a program and its arguments, quoted as in a shell",
        (s, text) -> executed(s, containers, text));
  }

  private static Step executed(State state, List<ContainerFacts> containers, String text) {
    try {
      List<String> words = Words.split(text);
      return words.isEmpty()
          ? Step.to(state)
          : ContainerActions.consoles(
              state,
              containers,
              c -> ConsoleRequests.exec(c.id(), words),
              c -> "exec -it " + c.name() + " " + Words.quoted(words),
              "exec(" + Words.java(words) + ")");
    } catch (EngineException e) {
      return Step.to(Shell.failed(state, e));
    }
  }
}
