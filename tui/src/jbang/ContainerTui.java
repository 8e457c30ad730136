///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Linux containers, each in its own lightweight virtual machine
//JAVA 25+
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS com.github.luben:zstd-jni:1.5.7-28
//DEPS com.googlecode.lanterna:lanterna:3.1.5
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS info.picocli:picocli:4.7.7
//DEPS org.apache.commons:commons-compress:1.28.0
//DEPS org.apache.httpcomponents.core5:httpcore5:5.4.4
//DEPS org.jline:jline:3.30.16
//DEPS org.tukaani:xz:1.12
//SOURCES ../../../core/src/main/java/**/*.java
//SOURCES ../../../ext4/src/main/java/**/*.java
//SOURCES ../../../guest-init/src/main/java/**/*.java
//SOURCES ../../../repl/src/main/java/**/*.java
//SOURCES ../../../vz-ffm/src/main/java/**/*.java
//SOURCES ../main/java/**/*.java
//SOURCES Sources.java
//FILES META-INF/services/=services/*
//FILES dev/containertui/guest/=../../../guest-init/kernel/*.config
//FILES guest-init/Makefile=../../../guest-init/Makefile
//FILES guest-init/scripts/=../../../guest-init/scripts/*
//FILES guest-init/src/main/c/=../../../guest-init/src/main/c/*
//COMPILE_OPTIONS -proc:none
//RUNTIME_OPTIONS -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

import dev.containertui.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Starts container-tui from its sources, without a build by Maven. The guest's init is C and not in
 * jbang's domain: its sources travel in the jar, and {@code make} builds them on first use.
 */
class ContainerTui {
  private static final Set<String> START_MACHINES = Set.of("run", "demo", "repl");

  public static void main(String... arguments) {
    if (arguments.length == 0 || START_MACHINES.contains(arguments[0])) {
      try {
        System.setProperty("dev.containertui.guest.dir", guestInit().toString());
      } catch (Exception e) {
        System.err.println("container-tui: cannot build the guest's init: " + e.getMessage());
        System.err.println("hint: it needs make, gcc and musl: apt-get install make gcc musl-tools");
        System.exit(arguments.length > 0 && arguments[0].equals("run") ? 125 : 1);
      }
    }
    Main.main(arguments);
  }

  /** The directory with the built init, made on the first use of these sources. */
  private static Path guestInit() throws Exception {
    Path jar =
        Path.of(ContainerTui.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      List<Path> sources;
      try (Stream<Path> walk = Files.walk(files.getPath("/guest-init"))) {
        sources = walk.filter(Files::isRegularFile).sorted().toList();
      }
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Path source : sources) {
        sha256.update((source + "\0").getBytes("UTF-8"));
        sha256.update(Files.readAllBytes(source));
      }
      String digest = HexFormat.of().formatHex(sha256.digest()).substring(0, 16);
      Path target = cache().resolve("guest-init").resolve(digest);
      if (!Files.isDirectory(target)) {
        build(sources, target);
      }
      return target;
    }
  }

  private static void build(List<Path> sources, Path target) throws Exception {
    Files.createDirectories(target.getParent());
    Path work = Files.createTempDirectory(target.getParent(), "build");
    try {
      for (Path source : sources) {
        Path copy = work.resolve(source.toString().substring(1));
        Files.createDirectories(copy.getParent());
        Files.copy(source, copy);
        copy.toFile().setExecutable(true);
      }
      String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
      Process make =
          new ProcessBuilder("make", "-s", "RESOURCES=out", "ARCHITECTURES=" + architecture)
              .directory(work.resolve("guest-init").toFile())
              .redirectErrorStream(true)
              .start();
      make.getOutputStream().close();
      String log = new String(make.getInputStream().readAllBytes());
      if (make.waitFor() != 0) {
        throw new IOException(log.strip().lines().reduce((first, last) -> last).orElse("make failed"));
      }
      Path built = work.resolve("guest-init/out");
      if (!Files.isDirectory(target)) {
        Files.move(built, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      try (Stream<Path> walk = Files.walk(work)) {
        walk.sorted((a, b) -> b.compareTo(a)).forEach(ContainerTui::delete);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(home -> home.startsWith("/"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("container-tui");
  }
}
