package dev.containertui.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The commands, in the order in which help lists them. */
enum Commands {
  DEMO("demo", DemoCommand::new),
  RUN("run", RunCommand::new),
  PULL("pull", PullCommand::new),
  IMAGES("images", ImagesCommand::new),
  RMI("rmi", RmiCommand::new),
  PS("ps", PsCommand::new),
  RM("rm", RmCommand::new),
  INSPECT("inspect", InspectCommand::new),
  REPL("repl", ReplCommand::new),
  KERNEL("kernel", KernelCommand::new),
  TEMPLATE("template", TemplateCommand::new),
  DOCTOR("doctor", DoctorCommand::new),
  VERSION("version", VersionCommand::new),
  COMPLETION("completion", CompletionCommand::new);

  private final String word;
  private final Function<CliContext, Object> maker;

  Commands(String word, Function<CliContext, Object> maker) {
    this.word = word;
    this.maker = maker;
  }

  String word() {
    return word;
  }

  Object make(CliContext context) {
    return maker.apply(context);
  }

  static Optional<Commands> named(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }
}
