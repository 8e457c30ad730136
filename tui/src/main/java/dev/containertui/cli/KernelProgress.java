package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelBuildEvent;
import dev.containertui.kernel.KernelBuildEvent.Compiled;
import dev.containertui.kernel.KernelBuildEvent.Step;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.Mitigations;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** Installs or builds a kernel and tells a person how it goes. */
final class KernelProgress {
  private static final int BAR_WIDTH = 32;

  private KernelProgress() {}

  static InstalledKernel install(CliContext context, Engine engine, boolean quiet) {
    PrintStream err = context.io().err();
    if (quiet) {
      return engine.kernels().install(event -> {});
    }
    if (!context.fancyErr()) {
      return engine.kernels().install(lines(err));
    }
    LiveBlock block = new LiveBlock(err, LocalTerminal.columns(context));
    try {
      return engine.kernels().install(event -> block.draw(List.of(line(event))));
    } finally {
      block.erase();
    }
  }

  static InstalledKernel build(
      CliContext context, Engine engine, Mitigations mitigations, boolean quiet) {
    PrintStream err = context.io().err();
    if (quiet) {
      return engine.kernels().build(mitigations, event -> {});
    }
    if (!context.fancyErr()) {
      return engine.kernels().build(mitigations, buildLines(err));
    }
    LiveBlock block = new LiveBlock(err, LocalTerminal.columns(context));
    try {
      return engine.kernels().build(mitigations, event -> block.draw(List.of(line(event))));
    } finally {
      block.erase();
    }
  }

  private static Consumer<KernelBuildEvent> buildLines(PrintStream err) {
    Consumer<KernelInstallEvent> steps = lines(err);
    return new Consumer<>() {
      private int hundreds;

      @Override
      public void accept(KernelBuildEvent event) {
        switch (event) {
          case Step step -> steps.accept(asInstall(step));
          case Compiled compiled -> {
            if (compiled.objects() / 100 > hundreds) {
              hundreds = compiled.objects() / 100;
              err.println(
                  "kernel: compiled %d of about %d files"
                      .formatted(compiled.objects(), compiled.about()));
            }
          }
        }
      }
    };
  }

  private static String line(KernelBuildEvent event) {
    return switch (event) {
      case Step step -> line(asInstall(step));
      case Compiled compiled ->
          "kernel: compiling %s %d of about %d: %s"
              .formatted(
                  Bar.of(compiled.objects(), compiled.about(), BAR_WIDTH),
                  compiled.objects(),
                  compiled.about(),
                  OneLine.of(compiled.latest()));
    };
  }

  private static KernelInstallEvent asInstall(Step step) {
    return new KernelInstallEvent(step.step(), step.doneBytes(), step.totalBytes());
  }

  private static Consumer<KernelInstallEvent> lines(PrintStream err) {
    return new Consumer<>() {
      private String last = "";

      @Override
      public void accept(KernelInstallEvent event) {
        if (!event.step().equals(last)) {
          last = event.step();
          err.println("kernel: " + OneLine.of(last));
        }
      }
    };
  }

  private static String line(KernelInstallEvent event) {
    String step = "kernel: " + OneLine.of(event.step());
    return event.totalBytes() <= 0
        ? step
        : step
            + " "
            + Bar.of(event.doneBytes(), event.totalBytes(), BAR_WIDTH)
            + " "
            + Units.size(event.doneBytes())
            + "/"
            + Units.size(event.totalBytes());
  }
}
