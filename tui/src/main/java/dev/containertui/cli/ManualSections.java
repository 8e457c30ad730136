package dev.containertui.cli;

/** What the manual page of the program itself says besides what its help says. */
final class ManualSections {
  static final String AFTER_COMMANDS =
      """
      .SH EXIT STATUS
      .TP
      .B 0
      It has been done.
      .TP
      .B 1
      It has failed; one line on standard error says why, and mostly a second one what to do.
      .TP
      .B 2
      The command line is wrong.
      .TP
      .B 125, 126, 127
      Of
      .BR container\\-tui\\-run (1)
      and
      .BR container\\-tui\\-exec (1):
      the engine has failed, the command cannot be executed, there is no such command. Anything else is the container\\(aqs own.
      .SH ENVIRONMENT
      .TP
      .B CONTAINER_TUI_HOME
      A directory for everything that else is below the XDG directories.
      .TP
      .B CONTAINER_TUI_EMBEDDED
      1: like
      .BR \\-\\-embedded .
      .TP
      .B CONTAINER_TUI_COLD_BOOT
      1: every machine boots, 0: machines are clones of a template. It wins over the configuration.
      .TP
      .B CONTAINER_TUI_JAVA_OPTS
      Further options for the Java virtual machine.
      .TP
      .B NO_COLOR
      Not empty: no colours.
      .SH FILES
      .TP
      .I ~/.config/container\\-tui/config.json
      Settings.
      .TP
      .I ~/.local/share/container\\-tui/
      Images, containers, kernels, the engine\\(aqs log.
      .TP
      .I ~/.cache/container\\-tui/
      What can be made again: templates, initramfs images.
      .TP
      .I $XDG_RUNTIME_DIR/container\\-tui/engine.sock
      Where the engine listens; it speaks the Docker Engine API.
      """;

  private ManualSections() {}
}
