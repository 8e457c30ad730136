package dev.containertui.kernel;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KernelStoreTest {
  @TempDir Path directory;

  private Path kernels() {
    return directory.resolve("kernels");
  }

  /** A directory with an apt of our own, to see how its failures are told. */
  private String fakeApt(String aptCache, String aptGet) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    script(bin.resolve("apt-cache"), aptCache);
    script(bin.resolve("apt-get"), aptGet);
    return bin.toString();
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> leftovers() throws IOException {
    try (var files = Files.list(kernels())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(n -> !n.equals(".lock"))
          .toList();
    }
  }

  @Test
  void theDistributionsKernelIsWholeAndBootable() throws IOException {
    InstalledKernel kernel = TestKernel.get();
    assertTrue(kernel.name().startsWith("debian-"), kernel::name);
    assertEquals(kernel.name(), "debian-" + kernel.release());
    assertTrue(kernel.source().startsWith("apt: linux-image-"), kernel::source);
    byte[] vmlinux = Files.readAllBytes(kernel.image());
    assertEquals(kernel.release(), GuestKernelImage.of("vmlinux", vmlinux).release());

    KernelManifest manifest = KernelManifest.read(kernel.image().getParent());
    List<String> order = manifest.modules();
    assertTrue(
        order.contains("virtio_console.ko") && order.contains("overlay.ko"), order::toString);
    for (String module : order) {
      int place = order.indexOf(module);
      for (String needed :
          KernelModules.depends(Files.readAllBytes(kernel.modules().resolve(module)))) {
        int neededPlace = order.indexOf(needed + ".ko");
        assertTrue(neededPlace >= 0 && neededPlace < place, module + " needs " + needed);
      }
    }
  }

  @Test
  void anInstalledKernelIsNotFetchedAgain() throws IOException {
    Path existing = TestKernel.get().image().getParent();
    var store = new KernelStore(existing.getParent(), aptThatOnlyResolves());
    assertEquals(TestKernel.get(), store.install(event -> {}));
  }

  private String aptThatOnlyResolves() throws IOException {
    return fakeApt(
        "test \"$1\" = depends && echo '  Depends: linux-image-" + TestKernel.get().release() + "'",
        "exit 1");
  }

  @Test
  void hasNothingBeforeTheFirstInstallation() {
    var store = new KernelStore(kernels());
    assertEquals(List.of(), store.list());
    assertEquals(Optional.empty(), store.defaultKernel());
    assertFalse(Files.exists(kernels()));
  }

  @Test
  void saysSoWithoutApt() {
    var refused =
        assertThrows(
            EngineException.class, () -> new KernelStore(kernels(), "").install(event -> {}));
    assertEquals(Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.getMessage().startsWith("apt-cache not found"), refused::getMessage);
    assertTrue(refused.hint().contains("--kernel"), refused::hint);
  }

  @Test
  void saysSoIfAptHasNoLists() throws IOException {
    String apt = fakeApt("echo 'E: No packages found' >&2; exit 100", "exit 100");
    var refused =
        assertThrows(
            EngineException.class, () -> new KernelStore(kernels(), apt).install(event -> {}));
    assertEquals(Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.hint().contains("apt-get update"), refused::hint);
    assertEquals(List.of(), leftovers());
  }

  @Test
  void saysWhatAptSaidIfItCannotDownload() throws IOException {
    String apt =
        fakeApt(
            "test \"$1\" = depends && echo '  Depends: linux-image-9.9.9-cloud-amd64'",
            "echo 'E: Failed to fetch' >&2; exit 100");
    var refused =
        assertThrows(
            EngineException.class, () -> new KernelStore(kernels(), apt).install(event -> {}));
    assertEquals(Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.getMessage().endsWith("E: Failed to fetch"), refused::getMessage);
    assertEquals(List.of(), leftovers());
  }

  @Test
  void aBrokenPackageInstallsNothing() throws IOException {
    String apt =
        fakeApt(
            "test \"$1\" = depends && echo '  Depends: linux-image-9.9.9-cloud-amd64'",
            "printf '!<arch>\\nhalf a pack' > linux-image_9.deb");
    var refused =
        assertThrows(
            EngineException.class, () -> new KernelStore(kernels(), apt).install(event -> {}));
    assertEquals(Kind.CORRUPT, refused.kind());
    assertEquals(List.of(), leftovers());
    assertEquals(List.of(), new KernelStore(kernels()).list());
  }

  @Test
  void anInterruptStopsTheDownloadAndCleansUp() throws Exception {
    Path started = directory.resolve("started");
    String apt =
        fakeApt(
            "test \"$1\" = depends && echo '  Depends: linux-image-9.9.9-cloud-amd64'",
            "echo $$ > '" + started + "'; exec sleep 600");
    var kind = new AtomicReference<Kind>();
    Thread installing =
        Thread.ofVirtual()
            .start(
                () ->
                    kind.set(
                        assertThrows(
                                EngineException.class,
                                () ->
                                    new KernelStore(kernels(), apt + ":/bin").install(event -> {}))
                            .kind()));
    while (!Files.exists(started) || Files.size(started) == 0) {
      Thread.sleep(10);
    }
    installing.interrupt();
    installing.join();
    assertEquals(Kind.CANCELLED, kind.get());
    assertEquals(List.of(), leftovers());
    long pid = Long.parseLong(Files.readString(started).strip());
    ProcessHandle.of(pid).ifPresent(killed -> killed.onExit().orTimeout(60, SECONDS).join());
  }

  @Test
  void twoInstallationsDoNotMeet() throws IOException {
    Files.createDirectories(kernels());
    try (var channel =
        FileChannel.open(
            kernels().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      var refused =
          assertThrows(
              EngineException.class, () -> new KernelStore(kernels(), "").install(event -> {}));
      assertEquals(Kind.CONFLICT, refused.kind());
    }
  }

  @Test
  void whatAKilledInstallationLeftIsNoKernelAndGoesAway() throws IOException {
    Files.createDirectories(kernels().resolve(".kernel-123/modules"));
    Files.writeString(kernels().resolve(".kernel-123/vmlinux"), "half");
    Files.createDirectories(kernels().resolve("debian-1.2.3"));
    assertEquals(List.of(), new KernelStore(kernels()).list());
    assertThrows(EngineException.class, () -> new KernelStore(kernels(), "").install(event -> {}));
    assertEquals(List.of("debian-1.2.3"), leftovers());
  }

  @Test
  void takesAKernelFileWithModulesBesideIt() throws IOException {
    Path file = directory.resolve("my/vmlinux");
    Files.createDirectories(file.resolveSibling("modules"));
    Files.copy(TestKernel.get().image(), file);
    Files.write(file.resolveSibling("modules/virtio-balloon.ko"), TestModule.needing(""));
    var store = new KernelStore(kernels());
    InstalledKernel kernel = store.fromFile(file);
    assertEquals(TestKernel.get().release(), kernel.release());
    assertEquals("file: " + file, kernel.source());
    assertTrue(Files.exists(kernel.modules().resolve("virtio_balloon.ko")));
    assertEquals(-1, Files.mismatch(file, kernel.image()));
    assertEquals(kernel, store.fromFile(file), "the second time it is there already");
    assertEquals(List.of(kernel), store.list());
  }

  @Test
  void aKernelFileThatChangesIsAnotherKernel() throws IOException {
    Path file = directory.resolve("my/vmlinux");
    Path module = file.resolveSibling("modules/virtio_balloon.ko");
    Files.createDirectories(module.getParent());
    Files.copy(TestKernel.get().image(), file);
    var store = new KernelStore(kernels());
    InstalledKernel bare = store.fromFile(file);
    Files.write(module, TestModule.needing(""));
    InstalledKernel with = store.fromFile(file);
    assertNotEquals(bare.name(), with.name(), "a module has come");
    Files.write(module, new byte[] {0}, StandardOpenOption.APPEND);
    InstalledKernel other = store.fromFile(file);
    assertNotEquals(with.name(), other.name(), "the module has changed");
    Files.delete(module);
    assertEquals(bare, store.fromFile(file), "the module has gone");
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    assertNotEquals(bare.name(), store.fromFile(file).name(), "the kernel itself has changed");

    Files.delete(file);
    EngineException gone = assertThrows(EngineException.class, () -> store.fromFile(file));
    assertEquals(Kind.NOT_FOUND, gone.kind());
  }

  @Test
  void aKernelOfTheTimeBeforeAcpiWasWrittenDownHasIt() throws IOException {
    Path kernel = Files.createDirectories(kernels().resolve("old"));
    Files.writeString(
        kernel.resolve(KernelManifest.FILE_NAME),
        "{\"release\":\"6\",\"digest\":\"sha256:0\",\"modules\":[],\"source\":\"apt: x\"}");
    assertTrue(new KernelStore(kernels()).list().getFirst().acpi());
  }

  @Test
  void saysWhatIsWrongWithAKernelFile() throws IOException {
    var store = new KernelStore(kernels());
    Path absent = directory.resolve("absent");
    assertEquals(
        Kind.NOT_FOUND, assertThrows(EngineException.class, () -> store.fromFile(absent)).kind());

    Path text = Files.writeString(directory.resolve("text"), "not a kernel");
    var noKernel = assertThrows(EngineException.class, () -> store.fromFile(text));
    assertEquals(Kind.CORRUPT, noKernel.kind());
    assertTrue(noKernel.getMessage().contains("neither bzImage nor ELF"), noKernel::getMessage);

    Path program = Path.of("/bin/true");
    var noEntry = assertThrows(EngineException.class, () -> store.fromFile(program));
    assertEquals(Kind.INVALID, noEntry.kind());
    assertTrue(noEntry.hint().contains("CONFIG_PVH"), noEntry::hint);
    assertEquals(List.of(), leftovers());
  }

  @Test
  void theInitramfsIsACpioArchiveAndMadeOnce() throws Exception {
    InstalledKernel kernel = TestKernel.get();
    byte[] init = "#!/bin/true".getBytes(StandardCharsets.US_ASCII);
    Path archive = Initramfs.cached(directory.resolve("cache"), kernel, init);
    Path listing = directory.resolve("listing");
    int status =
        new ProcessBuilder("busybox", "cpio", "-tv")
            .redirectInput(archive.toFile())
            .redirectOutput(listing.toFile())
            .start()
            .waitFor();
    assertEquals(0, status);
    String names = Files.readString(listing);
    assertTrue(
        Pattern.compile("(?m)^-rwxr-xr-x 0/0 +11 1970-01-01 .* init$").matcher(names).find(),
        names);
    assertTrue(names.contains("modules/order") && names.contains("modules/virtio.ko"), names);
    assertTrue(
        names.lines().anyMatch(l -> l.startsWith("crw-------") && l.endsWith("dev/console")));

    byte[] first = Files.readAllBytes(archive);
    var modified = Files.getLastModifiedTime(archive);
    assertEquals(archive, Initramfs.cached(directory.resolve("cache"), kernel, init));
    assertEquals(modified, Files.getLastModifiedTime(archive));
    Path again = Initramfs.cached(directory.resolve("other"), kernel, init);
    assertArrayEquals(first, Files.readAllBytes(again));
    init[0]++;
    Path other = Initramfs.cached(directory.resolve("cache"), kernel, init);
    assertFalse(other.equals(archive));
  }
}
