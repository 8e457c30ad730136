package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A QEMU that is installed.
 *
 * @param version for example {@code 7.2.22}
 */
record QemuBinary(Path path, String version) {
  static final String NAME = "qemu-system-x86_64";
  static final String INSTALL_HINT =
      "install it: apt-get install --no-install-recommends qemu-system-x86";

  private static final Pattern VERSION = Pattern.compile("QEMU emulator version (\\d[0-9.]*)");
  private static final String QUESTION = "version";
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);

  /** What is remembered of one file. */
  record Answer(String version) {}

  /**
   * @throws EngineException UNAVAILABLE if there is none, or it does not tell its version
   */
  static QemuBinary find(QemuConfig config) {
    Path path =
        config
            .binary()
            .or(() -> HostCommand.find(NAME, config.searchPath()))
            .orElseThrow(
                () -> new EngineException(Kind.UNAVAILABLE, NAME + " not found", INSTALL_HINT));
    var cache = new ProbeCache(config.cacheDirectory());
    List<String> circumstances = circumstances(path);
    Optional<QemuBinary> known =
        cache
            .recall(QUESTION, circumstances, Answer.class)
            .map(a -> new QemuBinary(path, a.version));
    if (known.isPresent()) {
      return known.get();
    }
    QemuBinary asked = ask(path);
    cache.remember(QUESTION, circumstances, new Answer(asked.version));
    return asked;
  }

  /** Another file is another QEMU; asking it costs 50 ms, which every start would pay. */
  private static List<String> circumstances(Path path) {
    try {
      Path real = path.toRealPath();
      return List.of(
          real.toString(),
          Long.toString(Files.size(real)),
          Files.getLastModifiedTime(real).toString());
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, path + " cannot be read: " + e.getMessage(), INSTALL_HINT, e);
    }
  }

  private static QemuBinary ask(Path path) {
    var result =
        HostCommand.run(List.of(path.toString(), "--version"), Path.of("/"), VERSION_LIMIT);
    Matcher version = VERSION.matcher(result.outputText());
    if (result.exitCode() != 0 || !version.find()) {
      throw new EngineException(
          Kind.UNAVAILABLE, path + " does not run: " + result.lastErrorLine(), INSTALL_HINT);
    }
    return new QemuBinary(path, version.group(1));
  }
}
