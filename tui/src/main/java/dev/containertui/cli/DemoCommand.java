package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ProcessSpec;
import dev.containertui.demo.Demo;
import dev.containertui.engine.Engine;
import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.InstalledKernel;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = "Show everything once, without internet: registry, pull, boot, a shell.",
    footer = {
      "",
      "A registry in this process serves a small image made of this machine's busybox.",
      "The first run installs a kernel and keeps a booted machine, which stay; all else is gone",
      "afterwards.",
      "example: container-tui demo"
    })
final class DemoCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(names = "--no-shell", description = "end without a shell in the container")
  private boolean noShell;

  DemoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      var style = new Demo.Style(context.fancyOut(), LocalTerminal.columns(context));
      return Cancellable.call(
          context,
          () -> {
            new Demo(engine, out, style, new TerminalFront()).run();
            return ExitCodes.OK;
          });
    }
  }

  private final class TerminalFront implements Demo.Front {
    @Override
    public ImageSummary pull(Engine engine, String reference) {
      return PullCommand.pull(context, engine, reference, Optional.empty(), false);
    }

    @Override
    public InstalledKernel installKernel(Engine engine) {
      return KernelProgress.install(context, engine, false);
    }

    @Override
    public void shell(Container container) {
      if (noShell || !context.io().inIsTerminal() || !context.io().outIsTerminal()) {
        return;
      }
      PrintStream err = context.io().err();
      err.println("\nA shell in the container; 'exit' or Ctrl-D ends it and the demo.");
      TerminalSize size = LocalTerminal.size().orElse(new TerminalSize(80, 24));
      ContainerProcess shell = container.exec(ProcessSpec.of("sh").onTerminal(size));
      ExecSession.run(
          context, shell, new Session.Streams(true, true, true, true, Optional.empty()));
      err.println();
    }
  }
}
