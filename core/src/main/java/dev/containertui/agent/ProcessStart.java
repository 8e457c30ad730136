package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A process to start in the guest (PROTOCOL.md section 7).
 *
 * @param main whether it is the container's main process
 * @param arguments 1 to 1024; the first names the program
 * @param environment {@code NAME=value}, at most 4096
 * @param directory absolute
 * @param user {@code name|uid[:group|gid]}
 * @param openStdin whether standard input stays open
 * @param retain whether the guest keeps output until it is acknowledged, so that a later connection
 *     can go on with it ({@link GuestProcessHandle#acknowledge})
 */
public record ProcessStart(
    boolean main,
    List<String> arguments,
    List<String> environment,
    Optional<String> directory,
    Optional<String> user,
    Optional<TerminalSize> terminal,
    boolean openStdin,
    boolean retain) {
  private static final int MAX_ARGUMENTS = 1024;
  private static final int MAX_VARIABLES = 4096;

  public ProcessStart {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      throw new EngineException(Kind.INVALID, "no command was given, and the image has none");
    }
    if (arguments.size() > MAX_ARGUMENTS || environment.size() > MAX_VARIABLES) {
      throw new EngineException(
          Kind.INVALID,
          "a command with "
              + arguments.size()
              + " arguments and "
              + environment.size()
              + " variables, more than "
              + MAX_ARGUMENTS
              + " and "
              + MAX_VARIABLES);
    }
  }

  /** A process that is not retained. */
  public ProcessStart(
      boolean main,
      List<String> arguments,
      List<String> environment,
      Optional<String> directory,
      Optional<String> user,
      Optional<TerminalSize> terminal,
      boolean openStdin) {
    this(main, arguments, environment, directory, user, terminal, openStdin, false);
  }

  /** The same process, retained. */
  public ProcessStart retained() {
    return new ProcessStart(
        main, arguments, environment, directory, user, terminal, openStdin, true);
  }

  byte[] encode(int handle) {
    FieldsBuilder fields =
        new FieldsBuilder("the command with its environment")
            .u32(Tag.HANDLE, handle)
            .u32(Tag.ROLE, main ? 0 : 1)
            .u32(Tag.STDIN, openStdin ? 1 : 0)
            .u32(Tag.RETAIN, retain ? 1 : 0)
            .u32(Tag.CREDIT_OUT, OutputChannel.CAPACITY_BYTES)
            .u32(Tag.CREDIT_ERR, OutputChannel.CAPACITY_BYTES);
    arguments.forEach(argument -> fields.string(Tag.ARGUMENT, argument));
    environment.forEach(variable -> fields.string(Tag.ENVIRONMENT, variable));
    directory.ifPresent(path -> fields.string(Tag.DIRECTORY, path));
    user.ifPresent(name -> fields.string(Tag.USER, name));
    terminal.ifPresent(size -> fields.pair(Tag.TERMINAL, size.columns(), size.rows()));
    return fields.build();
  }
}
