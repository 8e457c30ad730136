package dev.containertui.engine.api.process;

import dev.containertui.engine.StateDirectories;
import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.host.HostCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts an engine's process: in a session of its own, with nothing of the terminal's. */
final class EngineLaunch {
  /** The launcher's: where the engine's ahead-of-time cache is that fits this class path. */
  private static final String CACHE_PROPERTY = "dev.containertui.aot";

  /**
   * Small: it waits most of its life. The optimising compiler stays, for what hashes and unpacks
   * images; what it took to compile goes back to the system. It asks for ten times as many calls as
   * usual (loops excepted): what starts a container comes to that number in the midst of many that
   * start at once, and would wait for the compiler.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=30",
          "-XX:-ShrinkHeapInSteps",
          "-Xms8m",
          "-Xmx1g",
          "-Xss512k",
          "-XX:TrimNativeHeapInterval=10000",
          "-Xlog:disable",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * Maps the cache at the address that it was recorded for; at another one, each of its pages would
   * be written to, and be the engine's own memory.
   */
  private static final List<String> MAPPING =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0");

  private EngineLaunch() {}

  /**
   * @return the process, which outlives this one
   */
  static Process start(EngineFiles files) {
    try {
      DurableFiles.createPrivate(files.log().getParent());
      files.rotateLog();
      File log = files.log().toFile();
      ProcessBuilder process = new ProcessBuilder(command(files.directories()));
      // An arena for each thread would keep what none of them needs any more.
      process.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
      return process
          .directory(new File("/"))
          .redirectInput(new File("/dev/null"))
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
          .redirectError(ProcessBuilder.Redirect.appendTo(log))
          .start();
    } catch (FileSystemException e) {
      throw DiskErrors.of("cannot start an engine", Path.of(e.getFile()), e);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot start an engine: " + e.getMessage(), e);
    }
  }

  private static List<String> command(StateDirectories directories) {
    List<String> command = new ArrayList<>();
    // Without it, on other systems than Linux, Ctrl-C in this terminal reaches the engine as well.
    HostCommand.find("setsid", System.getenv().getOrDefault("PATH", ""))
        .ifPresent(setsid -> command.add(setsid.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(cache());
    command.add("-Duser.home=" + System.getProperty("user.home"));
    command.add("-cp");
    command.add(classPath(System.getProperty("java.class.path")));
    command.add(EngineMain.class.getName());
    command.addAll(EngineMain.arguments(directories));
    return command;
  }

  /** A cache that is not there, or does not fit, costs the time that it would have saved. */
  private static List<String> cache() {
    String record = System.getProperty(EngineConnector.RECORD_PROPERTY);
    String cache = System.getProperty(CACHE_PROPERTY);
    if (record != null) {
      return List.of("-XX:AOTCacheOutput=" + record);
    }
    if (cache == null) {
      return List.of();
    }
    List<String> options = new ArrayList<>(MAPPING);
    options.add("-XX:AOTCache=" + cache);
    return options;
  }

  /**
   * The engine's directory is another than this process's, and so is what it has open: a launcher
   * may have named files through {@code /proc/self/fd}.
   */
  static String classPath(String ofThisProcess) {
    List<String> entries = new ArrayList<>();
    for (String entry : ofThisProcess.split(File.pathSeparator)) {
      Path file = Path.of(entry).toAbsolutePath();
      try {
        entries.add(file.toRealPath().toString());
      } catch (IOException e) {
        entries.add(file.toString()); // A class path may name what is not there.
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
