package dev.containertui.cli;

import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "commit",
    description = "Make an image of a container's files, and print its digest.",
    footer = {
      "",
      "example: container-tui commit -m 'with vim' -c 'CMD [\"vim\"]' web local/web:vim"
    })
final class CommitCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-a", "--author"},
      paramLabel = "NAME",
      description = "author of the image")
  private String author;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "what was done, for the image's history")
  private String message;

  @Option(
      names = {"-c", "--change"},
      paramLabel = "INSTRUCTION",
      description =
          "a line of a Dockerfile: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER,"
              + " VOLUME, WORKDIR")
  private List<String> changes = List.of();

  @Option(
      names = {"-p", "--pause"},
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "let the container stand still meanwhile (default: true)")
  private boolean pause;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IMAGE",
      description = "name of the image: [REGISTRY/]NAME[:TAG]")
  private String image;

  CommitCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommitSpec spec =
        new CommitSpec(
            Optional.ofNullable(image),
            Optional.ofNullable(author),
            Optional.ofNullable(message),
            changes,
            pause);
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Container container = Lookup.container(engine, name);
      out.println(Cancellable.call(context, () -> container.commit(spec)));
      return ExitCodes.OK;
    }
  }
}
