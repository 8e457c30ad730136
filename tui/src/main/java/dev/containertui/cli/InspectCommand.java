package dev.containertui.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.cli.template.GoTemplate;
import dev.containertui.container.Container;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "  container-tui inspect --type image web",
      "  container-tui inspect -f '{{json .state}}' web"
    })
final class InspectCommand implements Callable<Integer> {
  enum Type {
    container,
    image
  }

  private final CliContext context;
  private final Type onlyType;
  @Mixin private HelpOption help;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "json|TEMPLATE",
      defaultValue = "",
      description = "json on one line, or a Go template ('{{.name}}')")
  private String format;

  @Option(
      names = "--type",
      paramLabel = "container|image",
      description = "what the names name (default: a container, else an image)")
  private Type type;

  @Option(
      names = {"-s", "--size"},
      description = "also print how much containers have written")
  private boolean sizes;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "name, id or prefix of an id")
  private List<String> names;

  InspectCommand(CliContext context) {
    this(context, null);
  }

  private InspectCommand(CliContext context, Type onlyType) {
    this.context = context;
    this.onlyType = onlyType;
  }

  static InspectCommand ofContainers(CliContext context) {
    return new InspectCommand(context, Type.container);
  }

  static InspectCommand ofImages(CliContext context) {
    return new InspectCommand(context, Type.image);
  }

  @Override
  public Integer call() {
    if (onlyType != null) {
      type = onlyType;
    }
    Optional<GoTemplate> template =
        format.isEmpty() || format.equals("json")
            ? Optional.empty()
            : Optional.of(GoTemplate.parse(format, Json::write));
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      if (template.isPresent()) {
        return EachName.in(
            context, names, name -> out.println(fill(template.get(), found(engine, name))));
      }
      List<String> objects = new ArrayList<>();
      try {
        return EachName.in(context, names, name -> objects.add(found(engine, name)));
      } finally {
        // Also after a failure: what was found is printed, as docker does.
        print(out, objects);
      }
    }
  }

  private void print(PrintStream out, List<String> objects) {
    if (format.equals("json")) {
      List<?> values = objects.stream().map(InspectCommand::parse).toList();
      out.println(Json.write(values));
    } else {
      out.println(objects.isEmpty() ? "[]" : "[\n" + String.join(",\n", objects) + "\n]");
    }
  }

  private static String fill(GoTemplate template, String json) {
    return TerminalText.of(template.render(parse(json)));
  }

  private static Map<?, ?> parse(String json) {
    try {
      return new ObjectMapper().readValue(json, Map.class);
    } catch (JsonProcessingException e) {
      throw new EngineException(
          EngineException.Kind.INTERNAL, "the engine's answer is not JSON", e);
    }
  }

  private String found(Engine engine, String name) {
    return find(engine, name).orElseThrow(() -> unknown(name));
  }

  private Optional<String> find(Engine engine, String name) {
    if (type != Type.image) {
      Optional<Container> container = engine.containers().find(name);
      if (container.isPresent()) {
        String json = engine.containers().inspectJson(name);
        return Optional.of(sizes ? withSize(engine, container.get(), json) : json);
      }
    }
    if (type != Type.container && engine.images().find(name).isPresent()) {
      return Optional.of(engine.images().inspectJson(name));
    }
    return Optional.empty();
  }

  /** Docker's field. */
  private static String withSize(Engine engine, Container container, String json) {
    Map<String, Object> fields = new LinkedHashMap<>();
    parse(json).forEach((key, value) -> fields.put((String) key, value));
    fields.put(
        "SizeRw",
        engine.diskUsage().containers().stream()
            .filter(use -> use.id().equals(container.id()))
            .mapToLong(ContainerUse::diskBytes)
            .sum());
    return Json.write(fields);
  }

  private EngineException unknown(String name) {
    String kind = type == null ? "container or image" : type.name();
    return new EngineException(
        EngineException.Kind.NOT_FOUND,
        "no such " + kind + ": " + name,
        "container-tui ps -a and container-tui images list what there is");
  }
}
