package dev.containertui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ProcessSpec;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to run in a container beside its main process, being described.
 *
 * <pre>{@code c.command("make", "test").workdir("/src").user("1000").env("CI", "1").text()}</pre>
 */
public final class Exec extends Command<Exec> implements Viewable {
  private final dev.containertui.container.Container container;
  private final List<String> command;
  private Optional<String> workdir = Optional.empty();
  private Optional<String> user = Optional.empty();

  Exec(dev.containertui.container.Container container, List<String> command) {
    this.container = container;
    this.command = command;
  }

  @Override
  Exec self() {
    return this;
  }

  @Override
  public Exec workdir(String path) {
    workdir = path("workdir(path)", path);
    return this;
  }

  @Override
  public Exec user(String name) {
    user = Optional.of(Args.required("user(name)", "user", name));
    return this;
  }

  @Override
  Job launch() {
    return new Job(command, container.exec(spec(environment(), Optional.empty())));
  }

  @Override
  ContainerProcess launchOn(TerminalSize size) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("TERM", System.getenv().getOrDefault("TERM", "xterm"));
    variables.putAll(environment());
    return container.exec(spec(variables, Optional.of(size)));
  }

  private ProcessSpec spec(Map<String, String> variables, Optional<TerminalSize> terminal) {
    return new ProcessSpec(command, variables, workdir, user, terminal, true);
  }

  /** What is described, and how to start it. */
  @Override
  public View view() {
    return View.text(Tone.DIM, this + ": not started; .text(), .start() or .interactive() does");
  }

  /** The command, and where. */
  @Override
  public String toString() {
    return String.join(" ", command) + " in " + container.name();
  }
}
