package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelInstallEvent;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** Installs a kernel and tells a person how it goes. */
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
