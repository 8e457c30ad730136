package dev.containertui.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.cli.template.GoTemplate;
import dev.containertui.engine.Engine;
import dev.containertui.engine.FilterTerms;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.VolumeFilter;
import dev.containertui.engine.Volumes;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "volume",
    description = "File systems that outlive the containers that they are mounted in.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "A volume is a disk of its own. One running container at a time can write to it; several can have",
      "it if all of them mount it read-only.",
      "",
      "examples:",
      "  container-tui volume create --opt size=10g data",
      "  container-tui run --rm -v data:/var/lib/data alpine touch /var/lib/data/kept",
      "  container-tui volume ls",
      "  container-tui volume rm data"
    })
final class VolumeCommand extends ParentCommand {
  private final CliContext context;

  VolumeCommand(CliContext context) {
    super("create, inspect, ls, prune and rm");
    this.context = context;
  }

  @Command(
      name = "create",
      description = "Make a volume, and print its name; one that is there already stays as it is.",
      footer = {
        "",
        "Without a name it gets one of 64 hexadecimal digits, and is anonymous. It takes of the disk what is",
        "written to it, whatever its size.",
        "",
        "examples:",
        "  container-tui volume create data",
        "  container-tui volume create --size 512m --label stage=test cache"
      })
  int create(
      @Mixin HelpOption createHelp,
      @Option(
              names = {"-d", "--driver"},
              paramLabel = "DRIVER",
              defaultValue = Volume.DRIVER,
              description = "local, the only one")
          String driver,
      @Option(names = "--label", paramLabel = "K=V", description = "attach a label")
          List<String> labels,
      @Option(
              names = {"-o", "--opt"},
              paramLabel = "size=N",
              description = "what it can hold: 16m to 1t (default: 64g)")
          List<String> options,
      @Option(
              names = {"-s", "--size"},
              paramLabel = "N",
              description = "the same as --opt size=N")
          String size,
      @Option(names = "--name", paramLabel = "NAME", hidden = true) String nameOption,
      @Parameters(arity = "0..1", paramLabel = "VOLUME", description = "its name") String name) {
    Map<String, String> given = pairs(options, "--opt");
    if (size != null) {
      given.put("size", size);
    }
    VolumeSpec wanted =
        new VolumeSpec(
            Optional.ofNullable(name).or(() -> Optional.ofNullable(nameOption)),
            driver,
            pairs(labels, "--label"),
            given);
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      out.println(engine.volumes().create(wanted).name());
      return ExitCodes.OK;
    }
  }

  private Map<String, String> pairs(List<String> texts, String option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      String[] parts = text.split("=", 2);
      if (parts[0].isEmpty()) {
        throw misuse(option + " '" + text + "' has no name");
      }
      pairs.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return pairs;
  }

  @Command(
      name = "ls",
      aliases = "list",
      description = "List the volumes.",
      footer = {
        "",
        "Filters: dangling, driver, label, name.",
        "",
        "examples:",
        "  container-tui volume ls",
        "  container-tui volume ls -q --filter dangling=true",
        "  container-tui volume ls --format '{{.Name}} {{.Labels}}'"
      })
  int list(
      @Mixin HelpOption listHelp,
      @Mixin OutputFormat format,
      @Mixin FilterOptions filters,
      @Option(
              names = {"-q", "--quiet"},
              description = "print only names")
          boolean quiet) {
    VolumeFilter filter = VolumeFilter.of(filters.terms());
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<Volume> volumes = engine.volumes().list().stream().filter(filter.in(engine)).toList();
      if (quiet && format.columns()) {
        volumes.forEach(volume -> out.println(volume.name()));
      } else {
        format.print(
            out,
            volumes,
            VolumeCommand::fields,
            Map.of("Name", "VOLUME NAME"),
            () -> table(volumes).print(out));
      }
      return ExitCodes.OK;
    }
  }

  private static Table table(List<Volume> volumes) {
    Table table = new Table("DRIVER", "VOLUME NAME");
    volumes.forEach(volume -> table.row(Volume.DRIVER, volume.name()));
    return table;
  }

  private static Map<String, Object> fields(Volume volume) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Availability", "N/A");
    fields.put("Driver", Volume.DRIVER);
    fields.put("Group", "N/A");
    fields.put(
        "Labels",
        volume.labels().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",")));
    fields.put("Links", "N/A");
    fields.put("Mountpoint", volume.disk().toString());
    fields.put("Name", volume.name());
    fields.put("Scope", "local");
    fields.put("Size", "N/A");
    fields.put("Status", "N/A");
    return fields;
  }

  @Command(
      name = "inspect",
      description = "Print all that is known about volumes, as a JSON array.",
      footer = {
        "",
        "The mount point is the image of its disk: nothing is mounted on this host.",
        "",
        "examples:",
        "  container-tui volume inspect data",
        "  container-tui volume inspect -f '{{.CreatedAt}}' data"
      })
  int inspect(
      @Mixin HelpOption inspectHelp,
      @Option(
              names = {"-f", "--format"},
              paramLabel = "json|TEMPLATE",
              defaultValue = "",
              description = "json on one line, or a Go template ('{{.Name}}')")
          String format,
      @Parameters(arity = "1..*", paramLabel = "VOLUME", description = "its name")
          List<String> names) {
    Optional<GoTemplate> template =
        format.isEmpty() || format.equals("json")
            ? Optional.empty()
            : Optional.of(GoTemplate.parse(format, Json::write));
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Volumes volumes = engine.volumes();
      if (template.isPresent()) {
        return EachName.in(
            context,
            names,
            name ->
                out.println(
                    TerminalText.of(template.get().render(parse(volumes.inspectJson(name))))));
      }
      List<String> objects = new ArrayList<>();
      try {
        return EachName.in(context, names, name -> objects.add(volumes.inspectJson(name)));
      } finally {
        print(out, format, objects);
      }
    }
  }

  private static void print(PrintStream out, String format, List<String> objects) {
    if (format.equals("json")) {
      List<?> values = objects.stream().map(VolumeCommand::parse).toList();
      out.println(Json.write(values));
    } else {
      out.println(objects.isEmpty() ? "[]" : "[\n" + String.join(",\n", objects) + "\n]");
    }
  }

  private static Map<?, ?> parse(String json) {
    try {
      return new ObjectMapper().readValue(json, Map.class);
    } catch (JsonProcessingException e) {
      throw new EngineException(Kind.INTERNAL, "the engine's answer is not JSON", e);
    }
  }

  @Command(
      name = "rm",
      aliases = "remove",
      description = "Remove volumes with all that is in them.",
      footer = {
        "",
        "A volume that a container has, running or not, is not removed.",
        "",
        "examples:",
        "  container-tui volume rm data",
        "  container-tui volume rm $(container-tui volume ls -q --filter dangling=true)"
      })
  int remove(
      @Mixin HelpOption removeHelp,
      @Option(
              names = {"-f", "--force"},
              description = "it is no failure if there is none")
          boolean force,
      @Parameters(arity = "1..*", paramLabel = "VOLUME", description = "its name")
          List<String> names) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      return EachName.in(
          context,
          names,
          name -> {
            remove(engine, name, force);
            out.println(name);
          });
    }
  }

  private static void remove(Engine engine, String name, boolean force) {
    try {
      engine.volumes().remove(name);
    } catch (EngineException e) {
      if (!force || e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  @Command(
      name = "prune",
      description = "Remove anonymous volumes that no container has.",
      footer = {
        "",
        "examples:",
        "  container-tui volume prune",
        "  container-tui volume prune -a --filter label=stage=test"
      })
  int prune(
      @Mixin HelpOption pruneHelp,
      @Option(
              names = {"-a", "--all"},
              description = "also those with a name")
          boolean all,
      @Option(
              names = {"-f", "--force"},
              description = "do not ask")
          boolean force,
      @Option(
              names = "--filter",
              paramLabel = "K=V",
              description = "only what fulfils this condition: label=K[=V], label!=K[=V]")
          List<String> filters) {
    VolumeFilter filter =
        VolumeFilter.ofPrune(FilterTerms.parse(filters == null ? List.of() : filters));
    boolean named = all || filter.all();
    if (!force) {
      Confirmation.require(
          context,
          named
              ? "This will remove all volumes not used by at least one container."
              : "This will remove anonymous volumes not used by at least one container.",
          "volume prune");
    }
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Pruned pruned = Cancellable.call(context, () -> prune(engine, filter, named));
      ContainerPruneCommand.print(out, "Deleted Volumes:", pruned);
      out.println("Total reclaimed space: " + Units.size(pruned.reclaimedBytes()));
      return ExitCodes.OK;
    }
  }

  static Pruned prune(Engine engine, VolumeFilter filter, boolean named) {
    var wanted = filter.in(engine);
    return engine.volumes().prune(volume -> (named || volume.anonymous()) && wanted.test(volume));
  }
}
