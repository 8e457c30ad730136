package dev.containertui.repl.console;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.repl.jshell.CallSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Completes what stands in strings: images, containers, paths in a container. */
final class NameCompletions {
  private static final Duration LIMIT = Duration.ofMillis(1500);

  private static final Set<String> TAKE_IMAGES =
      Set.of("run", "from", "pull", "push", "image", "rmi", "tag", "create", "save", "inspect");
  private static final Set<String> TAKE_CONTAINERS =
      Set.of(
          "c",
          "container",
          "inspect",
          "exec",
          "start",
          "stop",
          "kill",
          "restart",
          "pause",
          "unpause",
          "rm",
          "remove",
          "logs",
          "attach",
          "shell",
          "sh",
          "stats",
          "top",
          "wait",
          "rename",
          "cp");

  private final Engine engine;
  private final Documentation documentation;
  private final LastValue lastValue;
  private final ContainerLookup lookup;
  private final GuestPaths paths = new GuestPaths();

  NameCompletions(
      Engine engine, Documentation documentation, LastValue lastValue, ContainerLookup lookup) {
    this.engine = engine;
    this.documentation = documentation;
    this.lastValue = lastValue;
    this.lookup = lookup;
  }

  /**
   * What a string can become that is an argument of a call.
   *
   * @param before all up to and without the string's quote
   * @param start offset of the string's text in the line
   * @param typed the string's text so far
   */
  Completion.Candidates inString(String before, int start, String typed) {
    Optional<CallSite> site = CallSite.atEndOf(before);
    if (site.isEmpty()) {
      return Completion.Candidates.NONE;
    }
    CallSite call = site.get();
    int word = typed.lastIndexOf(' ') + 1; // of a command line in one string the last one
    String last = typed.substring(word);
    int colon = last.indexOf(':');
    if (colon > 0 && last.startsWith("/", colon + 1)) {
      Optional<Container> container = lookup.named(last.substring(0, colon));
      if (container.isPresent()) {
        return path(container.get(), start + word + colon + 1, last.substring(colon + 1));
      }
    }
    if (last.startsWith("/")) {
      return lookup
          .of(call)
          .map(container -> path(container, start + word, last))
          .orElse(Completion.Candidates.NONE);
    }
    List<Completion> names = new ArrayList<>();
    try {
      boolean bare = call.receiver().isEmpty() && call.argument() == 0;
      String parameter = bare ? "" : parameter(before, call);
      if (bare && TAKE_IMAGES.contains(call.method())
          || parameter.contains("image")
          || parameter.contains("reference")) {
        images(names);
      }
      if (bare && TAKE_CONTAINERS.contains(call.method()) || parameter.contains("container")) {
        containers(names);
      }
    } catch (EngineException e) {
      return Completion.Candidates.NONE; // the command itself will say what is wrong
    }
    return Completion.Candidates.of(start, typed, names);
  }

  /** The name of the parameter that is being typed, lower case; empty if nobody knows. */
  private String parameter(String before, CallSite call) {
    String question = lastValue.resolve(before.substring(0, call.open()));
    for (Documentation.Entry entry : documentation.entries(question, LIMIT, false)) {
      List<String> parameters = CallSignature.parameters(entry.signature());
      if (call.argument() < parameters.size()) {
        return CallSignature.name(parameters.get(call.argument())).toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private Completion.Candidates path(Container container, int start, String typed) {
    int slash = typed.lastIndexOf('/') + 1;
    List<Completion> names =
        paths.list(container, typed.substring(0, slash), LIMIT).stream()
            .map(Completion::of)
            .toList();
    return Completion.Candidates.of(start + slash, typed.substring(slash), names);
  }

  private void images(List<Completion> names) {
    for (ImageSummary image : engine.images().list()) {
      for (String reference : image.references()) {
        names.add(Completion.closing(familiar(reference)));
        if (!familiar(reference).equals(reference)) {
          names.add(Completion.closing(reference));
        }
      }
    }
  }

  /** As people write it: without the default registry and tag. */
  private static String familiar(String reference) {
    return reference.replaceFirst("^docker\\.io/(library/)?", "").replaceFirst(":latest$", "");
  }

  private void containers(List<Completion> names) {
    for (Container container : engine.containers().list(true)) {
      names.add(Completion.closing(container.name()));
    }
  }

  /** Names of containers for command lines. */
  List<Completion> containerNames() {
    try {
      return engine.containers().list(true).stream()
          .map(c -> Completion.explained(c.name(), c.spec().image() + "  " + c.state().word()))
          .toList();
    } catch (EngineException e) {
      return List.of();
    }
  }
}
