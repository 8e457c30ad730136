package dev.containertui.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** jbang's own jar, with its state below {@code target}. */
final class Jbang {
  private static final Path TARGET = Path.of("target/jbang").toAbsolutePath();

  /**
   * What jbang's own launcher does: jbang prints the command to run on standard output and ends
   * with 255.
   */
  private static final String LAUNCHER =
      "cd \"$1\"; java=$2; jar=$3; shift 3; output=$(\"$java\" -jar \"$jar\" \"$@\"); code=$?; "
          + "[ $code = 255 ] || exit $code; eval \"exec $output\"";

  private Jbang() {}

  static Host.Result run(Path directory, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", LAUNCHER, "jbang", directory.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add(TARGET.resolve("jbang.jar").toString());
    command.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.putIfAbsent("JBANG_DIR", TARGET.resolve("home").toString());
    return Host.build(command, all);
  }
}
