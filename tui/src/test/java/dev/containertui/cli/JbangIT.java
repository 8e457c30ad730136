package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.Subprocess.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the program from its sources by its alias, as a user of jbang would. */
class JbangIT {
  /**
   * What jbang's own launcher does: jbang prints the command to run on standard output and ends
   * with 255.
   */
  private static final String LAUNCHER =
      "java=$1; jar=$2; shift 2; output=$(\"$java\" -jar \"$jar\" \"$@\"); code=$?; "
          + "[ $code = 255 ] || exit $code; eval \"exec $output\"";

  private static Result jbang(Path directory, String... arguments) throws Exception {
    Path target = Path.of("target/jbang").toAbsolutePath();
    String[] command = new String[arguments.length + 6];
    command[0] = "bash";
    command[1] = "-c";
    command[2] = LAUNCHER;
    command[3] = "jbang";
    command[4] = Path.of(System.getProperty("java.home"), "bin/java").toString();
    command[5] = target.resolve("jbang.jar").toString();
    System.arraycopy(arguments, 0, command, 6, arguments.length);
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JBANG_DIR",
            target.resolve("home").toString());
    return Subprocess.run(directory, environment, command);
  }

  @Test
  void theAliasStartsTheProgram() throws Exception {
    Path root = Subprocess.CHECKOUT;
    // In the root the launcher has the alias's name, and jbang takes a file before an alias.
    Result version = jbang(root, "container-tui@.", "version").expect(0);
    assertTrue(version.out().startsWith("container-tui " + Version.NUMBER), version.out());
    Result help = jbang(root.resolve("tui/src"), "container-tui", "--help").expect(0);
    assertTrue(help.out().contains("commands:"), help.out());
    Result usage = jbang(root.resolve("tui/src"), "container-tui", "no such 'thing").expect(2);
    assertTrue(usage.err().contains("unknown command: no such 'thing"), usage.err());
  }
}
