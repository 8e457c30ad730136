package dev.containertui.cli;

import dev.containertui.error.EngineException;
import java.util.List;
import java.util.function.Consumer;

/** Does the same for every name; one that fails is reported and does not keep back the others. */
final class EachName {
  private EachName() {}

  /** Returns the exit code: 0 if all went well, else 1; a cancellation ends it at once. */
  static int in(CliContext context, List<String> names, Consumer<String> action) {
    int exitCode = ExitCodes.OK;
    for (String name : names) {
      try {
        action.accept(name);
      } catch (EngineException e) {
        if (names.size() == 1 || e.kind() == EngineException.Kind.CANCELLED) {
          throw e;
        }
        Messages.print(context.io().err(), e.getMessage(), e.hint());
        exitCode = ExitCodes.FAILURE;
      }
    }
    return exitCode;
  }
}
