package dev.containertui.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code -e} and {@code --env-file} by docker's rules: {@code K=V} sets, a lone {@code K} takes the
 * value over from here or, if there is none, does nothing; {@code -e} wins over files.
 */
final class EnvironmentVariables {
  private final Map<String, String> here;
  private final int exitCode;
  private final Map<String, String> collected = new LinkedHashMap<>();

  /**
   * @param here the variables of this process
   * @param exitCode of what is malformed
   */
  EnvironmentVariables(Map<String, String> here, int exitCode) {
    this.here = here;
    this.exitCode = exitCode;
  }

  Map<String, String> collect(List<Path> files, List<String> options) {
    files.forEach(this::addFile);
    options.forEach(this::addOption);
    return collected;
  }

  private void addOption(String option) {
    int equals = option.indexOf('=');
    if (equals == 0 || option.isEmpty()) {
      throw refuse("invalid environment variable: '" + option + "'", "write -e NAME=VALUE");
    }
    add(option, equals);
  }

  private void add(String assignment, int equals) {
    if (assignment.indexOf('\0') >= 0) {
      throw refuse("an environment variable contains a NUL byte", "");
    }
    if (equals > 0) {
      collected.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    } else if (here.containsKey(assignment)) {
      collected.put(assignment, here.get(assignment));
    }
  }

  /**
   * One variable a line. Blanks before the name go, those of the value stay; no quotes, no escapes;
   * a line that begins with {@code #} is a comment.
   */
  private void addFile(Path file) {
    int number = 0;
    for (String raw : TextFile.read(file, "environment file", exitCode).split("\r?\n", -1)) {
      number++;
      String line = raw.stripLeading();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? line : line.substring(0, equals);
      String where = file + ", line " + number;
      if (name.isEmpty()) {
        throw refuse("no variable name before '=': " + where, "");
      }
      if (name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0) {
        throw refuse("variable '" + name + "' contains blanks: " + where, "write NAME=VALUE");
      }
      add(line, equals);
    }
  }

  private CommandFailure refuse(String message, String hint) {
    return new CommandFailure(exitCode, message, hint);
  }
}
