package dev.containertui.repl.commands;

import dev.containertui.container.ContainerSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container in the words of the command line: {@code
 * from("debian").name("web").memory("512m").run("sleep", "60")}.
 */
public final class ContainerRequest {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?");

  private final ContainerSpec.Builder builder;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Workspace workspace;

  ContainerRequest(String image, Workspace workspace) {
    this.builder = ContainerSpec.of(image);
    this.workspace = workspace;
  }

  public ContainerRequest name(String name) {
    builder.name(name);
    return this;
  }

  public ContainerRequest env(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public ContainerRequest label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public ContainerRequest workdir(String path) {
    builder.workingDirectory(path);
    return this;
  }

  public ContainerRequest user(String user) {
    builder.user(user);
    return this;
  }

  public ContainerRequest hostname(String hostname) {
    builder.hostname(hostname);
    return this;
  }

  public ContainerRequest entrypoint(String... entrypoint) {
    builder.entrypoint(List.of(entrypoint));
    return this;
  }

  public ContainerRequest cpus(double cpus) {
    builder.cpus(cpus);
    return this;
  }

  /**
   * The most memory that the container may use: {@code 512m}, {@code 1g}, or plain bytes; units of
   * 1024.
   */
  public ContainerRequest memory(String size) {
    builder.memoryBytes(bytes(size));
    return this;
  }

  static long bytes(String size) {
    Matcher matcher = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new EngineException(
          Kind.INVALID, "not a size of memory: " + size, "write 512m, 1g or a number of bytes");
    }
    int power = matcher.group(2).isEmpty() ? 0 : "kmgt".indexOf(matcher.group(2)) + 1;
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
  }

  /** Keeps the main process's standard input open, for {@link ContainerHandle#input}. */
  public ContainerRequest openInput() {
    builder.openStdin(true);
    return this;
  }

  public ContainerRequest readOnly() {
    builder.readOnlyRoot(true);
    return this;
  }

  /** Boots this kernel file instead of the installed one. */
  public ContainerRequest kernel(Path kernel) {
    builder.kernel(kernel);
    return this;
  }

  /** Boots its machine, instead of cloning one that has booted before. */
  public ContainerRequest coldBoot() {
    builder.coldBoot(true);
    return this;
  }

  /**
   * Creates the container and starts it, after a pull if the image is not here.
   *
   * @param command replaces the image's; if empty, the image's own runs with an open input, so that
   *     an image whose command is a shell stays up
   */
  public ContainerHandle run(String... command) {
    if (command.length == 0) {
      builder.openStdin(true);
    }
    builder.arguments(command).environment(environment).labels(labels);
    return workspace.start(builder.build());
  }
}
