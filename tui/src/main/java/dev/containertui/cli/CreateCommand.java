package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "create",
    description = "Make a container without starting it, and print its id.",
    sortOptions = false,
    footer = {
      "",
      "examples:",
      "  container-tui create --name web nginx",
      "  container-tui cp index.html web:/usr/share/nginx/html && container-tui start web"
    })
final class CreateCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private CreateOptions options;

  CreateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ContainerSpec.Builder builder =
        options.specification(context).stdinOnce(options.options().interactive());
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      options.options().machine().kernel(engine, ExitCodes.FAILURE).ifPresent(builder::kernel);
      Container container =
          Cancellable.call(context, () -> options.create(context, engine, builder.build()));
      out.println(container.id());
      return ExitCodes.OK;
    }
  }
}
