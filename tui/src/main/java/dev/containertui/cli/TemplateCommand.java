package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Templates;
import dev.containertui.template.Template;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "template",
    description = "The booted machines that containers start from, as clones.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The first container of each kernel, number of CPUs and size of memory makes a template;",
      "those after it need no boot. A template that no longer fits is made again by itself.",
      "'run --cold-boot', CONTAINER_TUI_COLD_BOOT=1 or {\"coldBoot\": true} in config.json do without.",
      "",
      "examples:",
      "  container-tui template build --memory 1g",
      "  container-tui template list",
      "  container-tui template prune"
    })
final class TemplateCommand extends ParentCommand {
  private final CliContext context;

  TemplateCommand(CliContext context) {
    super("build, list, rm and prune");
    this.context = context;
  }

  @Command(
      name = "build",
      description =
          "Have the template ready that containers with these options start from, and print its name.",
      footer = {
        "",
        "Takes one boot, or no time if it is there already. The exit code is 1 if it cannot be made,",
        "130 if you cancelled it.",
        "",
        "examples:",
        "  container-tui template build",
        "  container-tui template build --cpus 2 --memory 1g"
      })
  int build(
      @Mixin HelpOption buildHelp,
      @Mixin MachineOptions machine,
      @Option(
              names = {"-q", "--quiet"},
              description = "no progress")
          boolean quiet) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Template template =
          Cancellable.call(
              context,
              () ->
                  new TemplateProgress(context, engine.templates(), quiet)
                      .build(
                          machine.cpus(),
                          machine.memoryBytes(),
                          machine.kernel(engine, ExitCodes.FAILURE)));
      out.println(template.key());
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "list",
      aliases = "ls",
      description = "List the templates, the one used last first.",
      footer = {
        "",
        "A container starts from the template of its image, which is made when the image first starts from",
        "one for any. MEMORY is the machine's, DISK what the files take. CLONES are the machines that run now, PSS the",
        "memory that they take of the host's, pages that several share counted in parts.",
        "",
        "examples:",
        "  container-tui template list",
        "  container-tui template ls -q"
      })
  int list(
      @Mixin HelpOption listHelp,
      @Mixin OutputFormat format,
      @Option(
              names = {"-q", "--quiet"},
              description = "print only names")
          boolean quiet) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Templates templates = engine.templates();
      if (quiet) {
        templates.list().forEach(t -> out.println(t.key()));
        return ExitCodes.OK;
      }
      List<Used> rows = templates.list().stream().map(t -> new Used(t, templates.use(t))).toList();
      format.print(out, rows, TemplateCommand::json, () -> table(rows).print(out));
      return ExitCodes.OK;
    }
  }

  private record Used(Template template, Templates.Use use) {}

  private Table table(List<Used> rows) {
    Table table =
        new Table(
            "TEMPLATE",
            "IMAGE",
            "KERNEL",
            "ACCEL",
            "CPUS",
            "MEMORY",
            "DISK",
            "CLONES",
            "PSS",
            "CREATED",
            "USED");
    for (Used row : rows) {
      Template template = row.template();
      table.row(
          template.key(),
          template.image().map(ImageNames::shortId).orElse("any"),
          template.kernelRelease(),
          template.accelerator(),
          Integer.toString(template.vcpus()),
          Units.memory(template.memoryBytes()),
          Units.size(template.diskBytes()),
          Integer.toString(row.use().clones()),
          row.use().clones() == 0 ? "-" : Units.memory(row.use().proportionalBytes()),
          Units.age(template.createdAt(), context.clock().instant()) + " ago",
          Units.age(template.usedAt(), context.clock().instant()) + " ago");
    }
    return table;
  }

  private static Map<String, ?> json(Used row) {
    Template template = row.template();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Name", template.key());
    json.put("Directory", template.directory().toString());
    json.put("Image", template.image().orElse(""));
    json.put("KernelRelease", template.kernelRelease());
    json.put("Accelerator", template.accelerator());
    json.put("Cpus", template.vcpus());
    json.put("MemoryBytes", template.memoryBytes());
    json.put("DiskBytes", template.diskBytes());
    json.put("Clones", row.use().clones());
    json.put("ClonesPssBytes", row.use().proportionalBytes());
    json.put("CreatedAt", template.createdAt().toString());
    json.put("UsedAt", template.usedAt().toString());
    return json;
  }

  @Command(
      name = "rm",
      description = "Remove templates; containers that were started from them run on.",
      footer = {
        "",
        "The exit code is 1 if one of them is not there.",
        "",
        "examples:",
        "  container-tui template rm 2f0c",
        "  container-tui template rm $(container-tui template ls -q)"
      })
  int remove(
      @Mixin HelpOption removeHelp,
      @Parameters(
              arity = "1..*",
              paramLabel = "NAME",
              description = "name, or a beginning that no other has")
          List<String> names) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      return EachName.in(context, names, name -> out.println(engine.templates().remove(name)));
    }
  }

  @Command(
      name = "prune",
      description = "Remove templates that nothing has started from for two weeks.",
      footer = {
        "",
        "The names of what was removed go to standard output, what that freed to standard error. Space",
        "that clones use is free when they have ended.",
        "",
        "examples:",
        "  container-tui template prune",
        "  container-tui template prune --all"
      })
  int prune(
      @Mixin HelpOption pruneHelp,
      @Option(
              names = {"-a", "--all"},
              description = "all of them")
          boolean all,
      @Option(
              names = {"-q", "--quiet"},
              description = "do not say what was freed")
          boolean quiet) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<Template> removed = engine.templates().prune(all);
      removed.forEach(t -> out.println(t.key()));
      if (!quiet) {
        long bytes = removed.stream().mapToLong(Template::diskBytes).sum();
        context
            .io()
            .err()
            .println("template: removed " + removed.size() + ", " + Units.size(bytes) + " freed");
      }
      return ExitCodes.OK;
    }
  }
}
