package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = "Print all that is known about containers and images, as a JSON array.",
    footer = {
      "",
      "examples:",
      "  container-tui inspect alpine",
      "  container-tui inspect --type image web"
    })
final class InspectCommand implements Callable<Integer> {
  enum Type {
    container,
    image
  }

  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = "--type",
      paramLabel = "container|image",
      description = "what the names name (default: a container, else an image)")
  private Type type;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "name, id or prefix of an id")
  private List<String> names;

  InspectCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<String> objects = new ArrayList<>();
      try {
        return EachName.in(
            context,
            names,
            name -> objects.add(find(engine, name).orElseThrow(() -> unknown(name))));
      } finally {
        // Also after a failure: what was found is printed, as docker does.
        out.println(objects.isEmpty() ? "[]" : "[\n" + String.join(",\n", objects) + "\n]");
      }
    }
  }

  private Optional<String> find(Engine engine, String name) {
    if (type != Type.image && engine.containers().find(name).isPresent()) {
      return Optional.of(engine.containers().inspectJson(name));
    }
    if (type != Type.container && engine.images().find(name).isPresent()) {
      return Optional.of(engine.images().inspectJson(name));
    }
    return Optional.empty();
  }

  private EngineException unknown(String name) {
    String kind = type == null ? "container or image" : type.name();
    return new EngineException(
        EngineException.Kind.NOT_FOUND,
        "no such " + kind + ": " + name,
        "container-tui ps -a and container-tui images list what there is");
  }
}
