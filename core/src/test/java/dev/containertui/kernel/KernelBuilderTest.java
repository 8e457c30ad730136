package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.kernel.KernelBuildEvent.Compiled;
import dev.containertui.kernel.KernelBuildEvent.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything but Linux itself is real: make, the compiler, the archive. Linux' source is a makefile
 * that takes a second; {@code scripts/test-kernel-build} builds and boots the real one.
 */
@Timeout(120)
class KernelBuilderTest {
  @TempDir Path directory;
  private KernelStore store;
  private String searchPath;

  @BeforeEach
  void offerOneSource() throws IOException {
    store = new KernelStore(directory.resolve("kernels"));
    Path bin = Files.createDirectories(directory.resolve("bin"));
    script(
        bin.resolve("apt-cache"),
        "case $1 in depends) echo '  Depends: linux-source-9.9';; show) echo 'Version: 9.9.9-1';;"
            + " esac");
    script(bin.resolve("dpkg-query"), "printf 9.9.9-1");
    script(bin.resolve("flex"), "exit 1");
    script(bin.resolve("bison"), "exit 1");
    script(bin.resolve("bc"), "exit 1");
    // The compiler is asked for headers that only the real build needs.
    script(bin.resolve("gcc"), "test $1 != --version || echo 'gcc (test) 1.2'");
    searchPath = bin + ":/usr/bin:/bin";
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A source whose makefile does this. */
  private void source(String configure, String compile) throws IOException {
    String makefile =
        """
        allnoconfig:
        \t@%s
        vmlinux:
        \t@%s
        """
            .formatted(configure, compile);
    Path file =
        Files.createDirectories(directory.resolve("src")).resolve("linux-source-9.9.tar.xz");
    TestSource.write(file, out -> out.file("linux-source-9.9/Makefile", makefile));
  }

  private void goodSource() throws IOException {
    source(
        "cp $(KCONFIG_ALLCONFIG) $(O)/.config",
        "test $(KBUILD_BUILD_TIMESTAMP) = 2026-11-06 && echo '  CC      $(O)/init/main.o'; echo '  LD      vmlinux'; cp "
            + TestKernel.get().image()
            + " $(O)/vmlinux");
  }

  private InstalledKernel build(boolean mitigations, List<KernelBuildEvent> events) {
    return new KernelBuilder(store, directory, searchPath, directory.resolve("src"))
        .build(mitigations, events::add);
  }

  private List<String> leftovers() throws IOException {
    try (var files = Files.list(directory.resolve("kernel-build"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .toList();
    }
  }

  @Test
  void aBuiltKernelIsAnInstalledOneAndIsBuiltOnce() throws IOException {
    goodSource();
    var events = new ArrayList<KernelBuildEvent>();
    InstalledKernel kernel = build(false, events);
    assertTrue(kernel.name().matches("lean-9\\.9\\.9-[0-9a-f]{8}"), kernel::name);
    assertEquals(
        "built: linux-source-9.9 9.9.9-1, no mitigations, gcc (test) 1.2", kernel.source());
    assertEquals(TestKernel.get().release(), kernel.release());
    assertEquals(-1, Files.mismatch(TestKernel.get().image(), kernel.image()));
    assertTrue(events.contains(new Compiled(1, 1300, "init/main.o")), events::toString);
    assertEquals(List.of(kernel), store.list());
    assertEquals(List.of(), leftovers());

    source("exit 1", "exit 1");
    events.clear();
    assertEquals(kernel, build(false, events));
    assertEquals(new Step(kernel.name() + " has been built already", 0, 0), events.getLast());
    assertThrows(EngineException.class, () -> build(true, events), "another configuration");
  }

  @Test
  void isNotTheDefaultUnlessChosen() throws IOException {
    Files.createDirectories(directory.resolve("kernels"));
    InstalledKernel other = store.fromFile(TestKernel.get().image());
    store.makeDefault(other.name());
    goodSource();
    InstalledKernel built = build(true, new ArrayList<>());
    assertEquals(other, store.defaultKernel().orElseThrow());
    assertEquals(built, store.makeDefault(built.name()));
    assertEquals(built, store.defaultKernel().orElseThrow());
    assertEquals(List.of(built, other), store.list());
    assertEquals(built, store.fromFile(built.image()), "its file means the kernel itself");

    var refused = assertThrows(EngineException.class, () -> store.makeDefault("lean"));
    assertEquals(Kind.NOT_FOUND, refused.kind());
    assertTrue(refused.getMessage().contains(built.name() + ", " + other.name()));
  }

  @Test
  void saysWhatTheSourceDoesNotGive() throws IOException {
    source("sed /CONFIG_PVH/d $(KCONFIG_ALLCONFIG) > $(O)/.config", "exit 1");
    var refused = assertThrows(EngineException.class, () -> build(true, new ArrayList<>()));
    assertEquals(Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.getMessage().endsWith("asks for: CONFIG_PVH=y"), refused::getMessage);
  }

  @Test
  void keepsTheOutputOfAFailure() throws IOException {
    source(
        "cp $(KCONFIG_ALLCONFIG) $(O)/.config",
        "echo '  CC      mm/slub.o'; echo 'mm/slub.c:1:2: error: no'; echo more; exit 1");
    var failed = assertThrows(EngineException.class, () -> build(false, new ArrayList<>()));
    assertEquals("the kernel could not be compiled: mm/slub.c:1:2: error: no", failed.getMessage());
    Path log = Path.of(failed.hint().replace("all output is in ", ""));
    assertTrue(Files.readString(log).contains("\nmore\n"), failed::hint);
    assertEquals(List.of(log.getFileName().toString()), leftovers());
    assertEquals(List.of(), store.list());
  }

  @Test
  void anInterruptEndsEveryProcessAndCleansUp() throws Exception {
    Path pids = directory.resolve("pids");
    source(
        "cp $(KCONFIG_ALLCONFIG) $(O)/.config",
        "echo $$$$ >> %1$s; (sleep 600 & echo $$! >> %1$s; wait) & sleep 600".formatted(pids));
    var kind = new AtomicReference<Kind>();
    Thread building =
        Thread.ofVirtual()
            .start(
                () ->
                    kind.set(
                        assertThrows(EngineException.class, () -> build(false, new ArrayList<>()))
                            .kind()));
    while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
      Thread.sleep(10);
    }
    building.interrupt();
    building.join();
    assertEquals(Kind.CANCELLED, kind.get());
    assertEquals(List.of(), leftovers());
    for (String pid : Files.readAllLines(pids)) {
      // Killed is not gone yet.
      for (int i = 0; i < 3000 && runs(Long.parseLong(pid)); i++) {
        Thread.sleep(10);
      }
      assertFalse(runs(Long.parseLong(pid)), pid);
    }
  }

  /** Not so a process that waits for its parent's attention. */
  private static boolean runs(long pid) {
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void waitsForAnInstallationRatherThanLoseItsWork() throws Exception {
    goodSource();
    Files.createDirectories(directory.resolve("kernels"));
    try (var channel =
        FileChannel.open(
            directory.resolve("kernels/.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      FileLock lock = channel.lock();
      var events = new LinkedBlockingQueue<KernelBuildEvent>();
      var built = new AtomicReference<InstalledKernel>();
      Thread building =
          Thread.ofVirtual()
              .start(
                  () ->
                      built.set(
                          new KernelBuilder(store, directory, searchPath, directory.resolve("src"))
                              .build(false, events::add)));
      while (!(events.take() instanceof Step step && step.step().startsWith("installing "))) {}
      assertFalse(building.join(Duration.ofMillis(300)));
      lock.release();
      building.join();
      assertEquals(List.of(built.get()), store.list());
    }
  }

  @Test
  void namesAllPackagesThatAreMissing() throws IOException {
    searchPath = directory.resolve("bin").toString();
    var missing = assertThrows(EngineException.class, () -> build(false, new ArrayList<>()));
    assertEquals(
        "a kernel cannot be built without these packages: make binutils util-linux",
        missing.getMessage());
    assertTrue(missing.hint().contains("scripts/setup --kernel"), missing::hint);
    assertEquals(List.of(), leftovers());

    script(directory.resolve("bin/gcc"), "test $1 = --version");
    searchPath += ":/usr/bin:/bin";
    missing = assertThrows(EngineException.class, () -> build(false, new ArrayList<>()));
    assertTrue(missing.getMessage().endsWith(": libc6-dev libelf-dev"), missing::getMessage);
  }

  @Test
  void saysSoIfThereIsNoSource() throws IOException {
    script(directory.resolve("bin/apt-cache"), "exit 100");
    var missing = assertThrows(EngineException.class, () -> build(false, new ArrayList<>()));
    assertEquals(Kind.UNAVAILABLE, missing.kind());
    assertTrue(missing.getMessage().startsWith("there is no kernel source"), missing::getMessage);
  }
}
