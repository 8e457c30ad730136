package dev.containertui.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The commands, in the order in which help lists them. */
enum Commands {
  DEMO("demo", Group.FIRST, DemoCommand::new),
  RUN("run", Group.FIRST, RunCommand::new),
  EXEC("exec", Group.FIRST, ExecCommand::new),
  PS("ps", Group.FIRST, PsCommand::new),
  PULL("pull", Group.FIRST, PullCommand::new),
  IMAGES("images", Group.FIRST, ImagesCommand::new),
  REPL("repl", Group.FIRST, ReplCommand::new),
  DOCTOR("doctor", Group.FIRST, DoctorCommand::new),

  ATTACH("attach", Group.CONTAINERS, AttachCommand::new),
  COMMIT("commit", Group.CONTAINERS, CommitCommand::new),
  CP("cp", Group.CONTAINERS, CpCommand::new),
  CREATE("create", Group.CONTAINERS, CreateCommand::new),
  DIFF("diff", Group.CONTAINERS, DiffCommand::new),
  EXPORT("export", Group.CONTAINERS, ExportCommand::new),
  INSPECT("inspect", Group.CONTAINERS, InspectCommand::new),
  KILL("kill", Group.CONTAINERS, KillCommand::new),
  LOGS("logs", Group.CONTAINERS, LogsCommand::new),
  PAUSE("pause", Group.CONTAINERS, PauseCommand::new),
  PORT("port", Group.CONTAINERS, PortCommand::new),
  RENAME("rename", Group.CONTAINERS, RenameCommand::new),
  RESTART("restart", Group.CONTAINERS, RestartCommand::new),
  RM("rm", Group.CONTAINERS, RmCommand::new),
  START("start", Group.CONTAINERS, StartCommand::new),
  STATS("stats", Group.CONTAINERS, StatsCommand::new),
  STOP("stop", Group.CONTAINERS, StopCommand::new),
  TOP("top", Group.CONTAINERS, TopCommand::new),
  UNPAUSE("unpause", Group.CONTAINERS, UnpauseCommand::new),
  UPDATE("update", Group.CONTAINERS, UpdateCommand::new),
  WAIT("wait", Group.CONTAINERS, WaitCommand::new),

  HISTORY("history", Group.IMAGES, HistoryCommand::new),
  IMPORT("import", Group.IMAGES, ImportCommand::new),
  LOAD("load", Group.IMAGES, LoadCommand::new),
  PUSH("push", Group.IMAGES, PushCommand::new),
  RMI("rmi", Group.IMAGES, RmiCommand::new),
  SAVE("save", Group.IMAGES, SaveCommand::new),
  TAG("tag", Group.IMAGES, TagCommand::new),

  ENGINE("engine", Group.ENGINE, EngineCommand::new),
  CONTEXT("context", Group.ENGINE, ContextCommand::new),
  EVENTS("events", Group.ENGINE, EventsCommand::new),
  INFO("info", Group.ENGINE, InfoCommand::new),
  KERNEL("kernel", Group.ENGINE, KernelCommand::new),
  TEMPLATE("template", Group.ENGINE, TemplateCommand::new),
  VOLUME("volume", Group.ENGINE, VolumeCommand::new),
  VERSION("version", Group.ENGINE, VersionCommand::new),
  COMPLETION("completion", Group.ENGINE, CompletionCommand::new),

  CONTAINER("container", Group.BY_OBJECT, GroupCommand.OfContainers::new),
  IMAGE("image", Group.BY_OBJECT, GroupCommand.OfImages::new),
  SYSTEM("system", Group.BY_OBJECT, GroupCommand.OfSystem::new);

  /** How help groups them. */
  enum Group {
    FIRST("common commands"),
    CONTAINERS("containers"),
    IMAGES("images"),
    ENGINE("engine and machines"),
    BY_OBJECT("the same, by what they are about");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private final String word;
  private final Group group;
  private final Function<CliContext, Object> maker;

  Commands(String word, Group group, Function<CliContext, Object> maker) {
    this.word = word;
    this.group = group;
    this.maker = maker;
  }

  String word() {
    return word;
  }

  Group group() {
    return group;
  }

  Object make(CliContext context) {
    return maker.apply(context);
  }

  static Optional<Commands> named(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }
}
