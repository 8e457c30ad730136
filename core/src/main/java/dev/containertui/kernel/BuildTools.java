package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The host's programs that a kernel is built with. */
final class BuildTools {
  /** Programs by the Debian package that brings them. */
  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

  /** Headers for programs of the kernel's build that run on the host. */
  private static final Map<String, String> HEADERS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("make", "make");
    PROGRAMS.put("gcc", "gcc");
    PROGRAMS.put("ld", "binutils");
    PROGRAMS.put("flex", "flex");
    PROGRAMS.put("bison", "bison");
    PROGRAMS.put("bc", "bc");
    PROGRAMS.put("setsid", "util-linux");
    HEADERS.put("stdio.h", "libc6-dev");
    HEADERS.put("gelf.h", "libelf-dev");
  }

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private BuildTools() {}

  /**
   * Looks for all of them.
   *
   * @param work a directory to try the compiler in
   * @return the compiler, as it names itself, for example {@code gcc (Debian 12.2.0-14) 12.2.0}
   * @throws EngineException UNAVAILABLE naming all packages that are missing
   */
  static String check(String searchPath, Path work) throws IOException {
    Set<String> missing = new LinkedHashSet<>();
    PROGRAMS.forEach(
        (program, debianPackage) -> {
          if (HostCommand.find(program, searchPath).isEmpty()) {
            missing.add(debianPackage);
          }
        });
    String compiler = "";
    if (!missing.contains("gcc")) {
      String gcc = HostCommand.find("gcc", searchPath).orElseThrow().toString();
      compiler =
          HostCommand.run(List.of(gcc, "--version"), work, LIMIT)
              .outputText()
              .lines()
              .findFirst()
              .orElse("");
      for (Map.Entry<String, String> header : HEADERS.entrySet()) {
        Path program = work.resolve("header.c");
        Files.writeString(program, "#include <" + header.getKey() + ">\n");
        if (HostCommand.run(List.of(gcc, "-fsyntax-only", program.toString()), work, LIMIT)
                .exitCode()
            != 0) {
          missing.add(header.getValue());
        }
        Files.delete(program);
      }
    }
    if (!missing.isEmpty()) {
      String packages = String.join(" ", missing);
      throw new EngineException(
          Kind.UNAVAILABLE,
          "a kernel cannot be built without these packages: " + packages,
          "scripts/setup --kernel --yes, or as root: apt-get install " + packages);
    }
    return compiler;
  }
}
