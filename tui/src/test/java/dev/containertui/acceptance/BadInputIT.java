package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong in life: one clear line on standard error, the right exit code, nothing
 * half-written, nothing left.
 */
class BadInputIT {
  @TempDir static Path temp;
  private static RealRegistry registry;
  private static Path storage;
  private Setting setting;

  @BeforeAll
  static void startTheRegistry() throws Exception {
    Path directory = temp.resolve("registry");
    storage = directory.resolve("storage/docker/registry/v2/blobs/sha256");
    registry = RealRegistry.start(directory);
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
  }

  @AfterAll
  static void stopTheRegistry() throws Exception {
    registry.close();
    Host.deleteTree(temp.resolve("tools-without-qemu"));
  }

  @BeforeEach
  void startWithAFreshState(TestInfo test) throws Exception {
    setting = Setting.withKernel(temp.resolve(test.getTestMethod().orElseThrow().getName()));
  }

  /**
   * One line that starts with the program's name and says {@code words}; at most one hint below it.
   */
  private void assertFails(Host.Result result, int code, String... words)
      throws InterruptedException {
    assertEquals(code, result.exitCode(), result.stderr());
    assertEquals("", result.text());
    List<String> lines =
        result
            .stderr()
            .lines()
            .filter(l -> l.startsWith("container-tui: ") || l.startsWith("hint: "))
            .toList();
    assertTrue(
        !lines.isEmpty() && lines.size() <= 2 && lines.getFirst().startsWith("container-tui: "),
        result.stderr());
    assertFalse(result.stderr().contains("\tat "), "a stack trace: " + result.stderr());
    for (String word : words) {
      assertTrue(
          String.join("\n", lines).contains(word), "'" + word + "' is not in: " + result.stderr());
    }
    assertEquals(List.of(), setting.leftovers());
  }

  private void assertNoImage() throws Exception {
    assertEquals("[]", setting.run("images", "--format", "json").expect(0).text().strip());
    try (Stream<Path> files = Files.walk(setting.home())) {
      assertEquals(List.of(), files.filter(f -> f.endsWith("root.ext4")).toList());
    }
  }

  @Test
  void anUnknownImage() throws Exception {
    String name = registry.reference("no/such:thing");
    assertFails(setting.run("pull", name), 1, "no/such:thing", "not found");
    assertFails(setting.run("run", "--rm", name), 125, "no/such:thing", "not found");
    assertNoImage();
  }

  @Test
  void aMalformedReference() throws Exception {
    assertFails(setting.run("pull", "UPPER//case"), 1, "UPPER//case");
  }

  @Test
  void aRegistryThatIsDown() throws Exception {
    assertFails(setting.run("pull", "127.0.0.1:1/busybox"), 1, "127.0.0.1:1");
    assertNoImage();
  }

  @Test
  void aLayerWithAnotherDigest() throws Exception {
    String image = damaged("digest", file -> file.write(file.length() / 2, (byte) 0x55));
    assertFails(setting.run("run", "--rm", image, "true"), 125, "another digest");
    assertNoImage();
  }

  @Test
  void aTruncatedLayer() throws Exception {
    String image = damaged("short", file -> file.truncate(file.length() / 2));
    assertFails(setting.run("run", "--rm", image, "true"), 125, "should have", "bytes");
    assertNoImage();
  }

  @Test
  void aLayerWithNamesThatLeadOut() throws Exception {
    String image = crafted("parent", "add('../../escaped', b'x')");
    assertFails(setting.run("pull", image), 1, "../../escaped");
    assertNoImage();
  }

  @Test
  void aLayerWithAbsoluteNamesAndLinkChainsStaysInside() throws Exception {
    Path outside = temp.resolve("outside-" + System.nanoTime());
    String image =
        crafted(
            "absolute",
            """
            add('/absolute', b'inside')
            link('a', 'b'); link('b', '%s'); add('a/through', b'x')
            link('up', '../../../../../../..'); add('up%s/x', b'x')
            """
                .formatted(temp, outside));
    Host.Result pull = setting.run("pull", image);
    assertFalse(Files.exists(outside), "written to the host");
    assertFalse(Files.exists(temp.resolve("through")), "written to the host");
    if (pull.exitCode() == 0) {
      Host.Result cat = setting.run("run", "--rm", image, "cat", "/absolute").expect(0);
      assertEquals("inside", cat.text());
    } else {
      assertFails(pull, 1, "layer");
    }
  }

  @Test
  void noKernel() throws Exception {
    setting = Setting.empty(temp.resolve("without-kernel"));
    String image = registry.reference("busybox");
    assertFails(setting.run("run", "--rm", image, "true"), 125, "kernel", "kernel install");
    assertFails(
        setting.run("run", "--rm", "--kernel", "/no/such/kernel", image, "true"),
        125,
        "/no/such/kernel");
    assertFails(
        setting.run("run", "--rm", "--kernel", "/etc/passwd", image, "true"), 125, "/etc/passwd");
  }

  @Test
  void noQemu() throws Exception {
    Path tools = Files.createDirectories(temp.resolve("tools-without-qemu"));
    for (String tool :
        List.of(
            "sh",
            "java",
            "readlink",
            "sed",
            "find",
            "dirname",
            "id",
            "uname",
            "cat",
            "ls",
            "mkdir",
            "dpkg-query",
            "grep",
            "head",
            "stat",
            "env",
            "tr",
            "sort",
            "cut",
            "basename")) {
      String found = Host.tool("sh", "-c", "command -v " + tool).strip();
      Files.createSymbolicLink(tools.resolve(tool), Path.of(found));
    }
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.put("PATH", tools.toString());
    setting.run("pull", registry.reference("busybox")).expect(0);
    Host.Result result =
        Host.run(
            Host.program("run", "--rm", registry.reference("busybox"), "true"),
            new byte[0],
            environment);
    assertFails(result, 125, "qemu-system-x86_64");
  }

  @Test
  void tooLittleOrTooMuchMemory() throws Exception {
    assertFails(
        setting.run("run", "--rm", "--memory", "5m", registry.reference("busybox"), "true"),
        125,
        "too little memory",
        "at least 6 MiB");
    assertFails(
        setting.run("run", "--rm", "--memory", "900000g", registry.reference("busybox"), "true"),
        125,
        "921600000 MiB of memory",
        "this host has");
  }

  @Test
  void aFullDiskWhileUnpacking() throws Exception {
    Path small = Files.createDirectories(temp.resolve("small"));
    registry.push(SampleImages.debian(), "debian", "debian:latest");
    Host.tool("mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", small.toString());
    try {
      setting = Setting.empty(small.resolve("home"));
      assertFails(setting.run("pull", registry.reference("debian")), 1, "space");
      assertNoImage();
      // What is left must not keep a smaller image from fitting.
      setting.run("pull", registry.reference("busybox")).expect(0);
    } finally {
      Host.tool("umount", small.toString());
    }
  }

  @Test
  void interruptedInEveryPhase() throws Exception {
    registry.push(SampleImages.debian(), "debian", "debian:latest");
    String image = registry.reference("debian");
    for (int millis : List.of(300, 900, 1500, 2500, 4000)) {
      setting.run("rmi", "-f", image);
      Process process = setting.start("run", "--rm", image, "sleep", "1000");
      Thread.sleep(millis);
      Host.tool("kill", "-INT", Long.toString(process.pid()));
      for (int i = 0; i < 10 && !process.waitFor(2, TimeUnit.SECONDS); i++) {
        // The container's PID 1 ignores SIGINT: ask again, as a person would. It may be over by
        // now.
        Host.run(List.of("kill", "-INT", Long.toString(process.pid())));
        Host.run(List.of("kill", "-TERM", Long.toString(process.pid())));
      }
      Host.Result result = Host.finish(process, new byte[0]);
      assertTrue(
          List.of(130, 137, 143).contains(result.exitCode()),
          "after " + millis + " ms: " + result.exitCode() + " " + result.stderr());
      assertFalse(result.stderr().contains("\tat "), result.stderr());
      assertEquals(List.of(), setting.leftovers());
      assertEquals("[]", setting.run("ps", "-a", "--format", "json").expect(0).text().strip());
    }
    setting.run("run", "--rm", image, "true").expect(0);
  }

  @Test
  void killedProgramsTakeTheirMachinesWithThem() throws Exception {
    String image = registry.reference("busybox");
    Process process = setting.start("run", image, "sh", "-c", "echo runs; sleep 1000");
    // Before that there may be a template's machine, and one that is about to go its own way.
    assertEquals("runs", process.inputReader().readLine());
    assertEquals(1, machines().size());
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!machines().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    assertEquals(List.of(), setting.leftovers());
    Host.Result list = setting.run("ps", "-a").expect(0);
    assertTrue(list.text().contains("busybox"), list.text());
  }

  /** Of containers. */
  private List<ProcessHandle> machines() {
    return ProcessHandle.allProcesses()
        .filter(
            p -> {
              try {
                String line = Files.readString(Path.of("/proc/" + p.pid() + "/cmdline"));
                // The accelerator's probe is a machine too, but has no disk.
                return line.contains("qemu-system")
                    && line.contains(setting.home().toString())
                    && line.contains("upper.ext4");
              } catch (IOException e) {
                return false;
              }
            })
        .toList();
  }

  private interface Damage {
    void to(DamagedFile file) throws IOException;
  }

  private record DamagedFile(RandomAccessFile file) {
    long length() throws IOException {
      return file.length();
    }

    void write(long at, byte value) throws IOException {
      file.seek(at);
      int old = file.read();
      file.seek(at);
      file.write(old ^ value);
    }

    void truncate(long length) throws IOException {
      file.setLength(length);
    }
  }

  /** Pushes an image of its own and damages its largest blob in the registry's storage. */
  private static String damaged(String name, Damage damage)
      throws IOException, InterruptedException {
    List<Path> before = blobs();
    String image = crafted(name, "add('file', bytes(range(256)) * 4000 + b'" + name + "')");
    List<Path> added = new ArrayList<>(blobs());
    added.removeAll(before);
    Path largest =
        added.stream().max(Comparator.comparingLong(p -> p.toFile().length())).orElseThrow();
    try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
      damage.to(new DamagedFile(file));
    }
    return image;
  }

  private static List<Path> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(storage)) {
      return files.filter(f -> f.endsWith("data")).toList();
    }
  }

  /** Pushes an image with one layer, a tar written by these lines of Python. */
  private static String crafted(String name, String python)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(temp.resolve("crafted-" + name));
    Path tar = work.resolve("layer.tar");
    Path script = work.resolve("layer.py");
    Files.writeString(
        script,
        """
        import io, sys, tarfile
        tar = tarfile.open(sys.argv[1], 'w')
        def add(name, data):
            info = tarfile.TarInfo(name); info.size = len(data); tar.addfile(info, io.BytesIO(data))
        def link(name, target):
            info = tarfile.TarInfo(name); info.type = tarfile.SYMTYPE; info.linkname = target; tar.addfile(info)
        data = open('/bin/busybox', 'rb').read(); info = tarfile.TarInfo('bin/busybox'); info.size = len(data); info.mode = 0o755
        tar.addfile(info, io.BytesIO(data))
        for applet in ('cat', 'true', 'sh'):
            link('bin/' + applet, 'busybox')
        """
            + python
            + "\ntar.close()\n");
    Host.tool("python3", script.toString(), tar.toString());
    String image = work.resolve("layout") + ":" + name;
    Host.tool("umoci", "init", "--layout", work.resolve("layout").toString());
    Host.tool("umoci", "new", "--image", image);
    Host.tool("umoci", "raw", "add-layer", "--image", image, tar.toString());
    registry.push(work.resolve("layout"), name, name + ":latest");
    return registry.reference(name);
  }
}
