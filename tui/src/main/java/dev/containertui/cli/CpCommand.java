package dev.containertui.cli;

import dev.containertui.container.ContainerFiles;
import dev.containertui.copy.Copy;
import dev.containertui.copy.CopyEnd;
import dev.containertui.copy.CopyEnd.Archive;
import dev.containertui.copy.CopyEnd.InContainer;
import dev.containertui.copy.CopyEnd.Local;
import dev.containertui.engine.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cp",
    description = "Copy files between containers and this host, running or not.",
    footer = {
      "",
      "A directory is copied into one that exists, and else becomes the target; DIR/. means its",
      "contents. Symbolic links are copied as links. A path of this host that has a colon begins",
      "with a slash or a dot. Onto this host, no devices and no set-user-id bits are copied.",
      "",
      "examples:",
      "  container-tui cp site/. web:/usr/share/nginx/html",
      "  container-tui cp web:/etc/nginx .",
      "  container-tui cp old:/data new:/data",
      "  container-tui cp web:/var/log - | tar tv"
    })
final class CpCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-a", "--archive"},
      description = "keep users and groups (default: root's in a container, yours on this host)")
  private boolean ownership;

  @Option(
      names = {"-L", "--follow-link"},
      description = "copy what a link leads to, if the source is one")
  private boolean followLink;

  @Option(
      names = {"-q", "--quiet"},
      description = "do not say that it has been done")
  private boolean quiet;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "CONTAINER:PATH, a path of this host, or -: a tar archive on standard input")
  private String source;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "CONTAINER:PATH, a path of this host, or -: a tar archive on standard output")
  private String target;

  CpCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CopyEnd from = CopyEnd.parse(source);
    CopyEnd to = CopyEnd.parse(target);
    if (!(from instanceof InContainer) && !(to instanceof InContainer)) {
      throw new CommandFailure(
          ExitCodes.FAILURE,
          "one of source and target must be in a container",
          "write CONTAINER:PATH; copying between local paths is what cp is for");
    }
    Copy copy =
        new Copy(followLink, ownership, warning -> Messages.print(context.io().err(), warning, ""));
    try (Engine engine = context.engines().open()) {
      return copy(engine, copy, from, to);
    }
  }

  private int copy(Engine engine, Copy copy, CopyEnd from, CopyEnd to) {
    if (from instanceof InContainer place && to instanceof Archive) {
      ContainerFiles files = files(engine, place);
      return OutputFile.write(context, null, out -> copy.toArchive(files, place, out));
    }
    Cancellable.call(
        context,
        () -> {
          run(engine, copy, from, to);
          return null;
        });
    if (!quiet && context.io().errIsTerminal()) {
      context.io().err().println("Successfully copied to " + OneLine.of(target));
    }
    return ExitCodes.OK;
  }

  private void run(Engine engine, Copy copy, CopyEnd from, CopyEnd to) {
    switch (from) {
      case Local(String path) -> {
        InContainer place = (InContainer) to;
        copy.in(path, files(engine, place), place);
      }
      case Archive _ -> {
        InContainer place = (InContainer) to;
        copy.fromArchive(context.io().in(), files(engine, place), place);
      }
      case InContainer place -> {
        ContainerFiles files = files(engine, place);
        if (to instanceof InContainer other) {
          copy.across(files, place, files(engine, other), other);
        } else {
          copy.out(files, place, ((Local) to).path());
        }
      }
    }
  }

  private static ContainerFiles files(Engine engine, InContainer place) {
    return Lookup.container(engine, place.container()).files();
  }
}
