package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.CProgram;
import dev.containertui.Tool;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.FileStat;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of real containers, running, ended and killed: what we say of them is what the guest
 * itself says, and what tools of the host make of our archives. Needs root.
 */
@Timeout(300)
class ContainerFilesIT {
  /** All that stat(1) tells of what the disks hold, hashes, and attributes. */
  private static final String LISTING =
      """
      find . -xdev ! -path './proc*' ! -path './sys*' ! -path './dev*' ! -path ./etc/hosts \
        ! -path ./etc/hostname ! -path ./etc/resolv.conf ! -path . ! -type s | sort > $T/names
      while read -r name; do
        if [ -d "$name" ] && [ ! -L "$name" ]; then stat -c '%N %f %u:%g %Y' "$name"
        else stat -c '%N %f %u:%g %t:%T %s %Y' "$name"; fi
      done < $T/names
      find . -xdev -type f ! -path './proc*' ! -path './sys*' ! -path './dev*' ! -path ./etc/hosts \
        ! -path ./etc/hostname ! -path ./etc/resolv.conf | sort | tr '\\n' '\\0' | xargs -0 sha256sum
      """;

  private static final String CHANGES =
      """
      echo x:x:1:1::/: >> /etc/passwd
      rm /etc/group
      rm -r /tmp; mkdir -m 1777 /tmp
      mkdir -p /data/deep/er; echo deep > /data/deep/er/file
      mv /bin/busybox-copy /data/moved
      rm -r /opt/opaque; mkdir /opt/opaque; echo new > /opt/opaque/new
      ln /data/moved /data/linked
      ln -s ../etc/passwd /data/link
      ln -s /opt /data/opt
      ln -s $(printf 'long%.0s' $(seq 50)) /data/long
      mknod /data/null c 1 3; mknod /data/disk b 259 300; mkfifo /data/pipe
      chmod 4755 /data/moved; chown 12345:54321 /data/deep/er/file
      truncate -s 5M /data/sparse; echo end >> /data/sparse
      mkdir /data/many; cd /data/many; seq 1 150 | xargs touch; cd /
      touch -d '1999-12-31 23:59:59' /data/deep/er
      xattr /data/deep user.test hello
      xattr /data/moved user.other world
      """;

  private static final String DISK = "upper.ext4";

  @TempDir static Path home;
  @TempDir Path scratch;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static String image;

  @BeforeAll
  static void open() throws Exception {
    config = TestEngine.prepare(home);
    engine = LocalEngine.open(config);
    byte[] xattr = CProgram.compile(home, "xattr", "-static");
    image =
        TestEngine.pullBusybox(
                engine, Map.of("xattr", xattr, "busybox-copy", "any content".getBytes()))
            .references()
            .getFirst();
  }

  @AfterAll
  static void close() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
  }

  private static Container create() {
    return engine
        .containers()
        .create(ContainerSpec.of(image).arguments("cat").openStdin(true).build());
  }

  private static String sh(Container container, String script) throws Exception {
    ContainerProcess process = container.exec(ProcessSpec.of("sh", "-ec", script));
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    String errors = new String(process.getErrorStream().readAllBytes());
    assertEquals(0, process.waitFor(), text + errors);
    return text;
  }

  private static void end(Container container) throws Exception {
    container.process().orElseThrow().getOutputStream().close();
    container.awaitEnd();
  }

  private static String listing(Container container) throws Exception {
    return sh(
        container,
        "T=/dev/shm\ncd /\n" + LISTING + "xattr < $T/names | grep -v trusted.overlay || true");
  }

  /** The same of an unpacked archive. */
  private String listing(Path root) throws Exception {
    Path names = Files.createDirectories(scratch.resolve("list"));
    String files = Tool.run("busybox", "sh", "-ec", "T=" + names + "\ncd " + root + "\n" + LISTING);
    String xattrs =
        Tool.run(
            "sh",
            "-ec",
            "cd " + root + "\n" + root.toAbsolutePath() + "/bin/xattr < " + names + "/names");
    return files + xattrs;
  }

  private Path export(Container container) throws Exception {
    Path archive = scratch.resolve("export.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      container.files().export(out);
    }
    return unpack(archive, "export");
  }

  private Path unpack(Path archive, String name) throws IOException {
    Path root = Files.createDirectory(scratch.resolve(name));
    Tool.run(
        "tar",
        "-xpf",
        archive.toString(),
        "--numeric-owner",
        "--xattrs",
        "--xattrs-include=*",
        "-C",
        root.toString());
    return root;
  }

  private static String difference(String guest, String ours) {
    List<String> left = guest.lines().toList();
    List<String> right = ours.lines().toList();
    return Stream.concat(
            left.stream().filter(line -> !right.contains(line)).map(line -> "guest: " + line),
            right.stream().filter(line -> !left.contains(line)).map(line -> "ours:  " + line))
        .collect(Collectors.joining("\n"));
  }

  private static String changes(Container container) {
    return container.files().changes().stream()
        .filter(change -> !change.path().startsWith("/data/many/"))
        .map(change -> change.kind().letter() + " " + change.path())
        .collect(Collectors.joining("\n"));
  }

  private static final String EXPECTED_CHANGES =
      """
      C /bin
      D /bin/busybox-copy
      A /data
      A /data/deep
      A /data/deep/er
      A /data/deep/er/file
      A /data/disk
      A /data/link
      A /data/linked
      A /data/long
      A /data/many
      A /data/moved
      A /data/null
      A /data/opt
      A /data/pipe
      A /data/sparse
      C /etc
      D /etc/group
      C /etc/passwd
      A /opt
      A /opt/opaque
      A /opt/opaque/new
      C /tmp\
      """;

  private static void change(Container container) throws Exception {
    sh(container, "mkdir -p /opt/opaque; touch /opt/opaque/old");
    sh(container, CHANGES);
  }

  @Test
  void ofARunningAndThenEndedContainer() throws Exception {
    Container container = create();
    container.start();
    change(container);
    String guest = listing(container);
    assertEquals("", difference(guest, listing(export(container))));
    assertEquals(EXPECTED_CHANGES, changes(container));
    sh(container, "echo it goes on > /after");
    assertEquals("after", container.files().stat("/after").name());
    sh(container, "rm /after");
    guest = listing(container);
    end(container);
    deleteExport();
    assertEquals("", difference(guest, listing(export(container))));
    assertEquals(EXPECTED_CHANGES, changes(container));
    container.remove(false);
  }

  private void deleteExport() throws IOException {
    Tool.run("rm", "-r", scratch.resolve("export").toString());
  }

  @Test
  void ofAContainerThatWritesAllTheTime() throws Exception {
    Container container = create();
    container.start();
    sh(container, "mkdir /busy");
    ContainerProcess writer =
        container.exec(
            ProcessSpec.of(
                "sh",
                "-c",
                "i=0; while :; do i=$((i+1)); echo $i > /busy/$((i%40)); rm -f /busy/$((i%7));"
                    + " mkdir -p /busy/d$((i%5))/e; rm -r /busy/d$(((i+2)%5)); done 2> /dev/null"));
    for (int i = 0; i < 3; i++) {
      assertTrue(changes(container).contains("A /busy"));
      Path root = export(container);
      assertTrue(Files.exists(root.resolve("busy")));
      deleteExport();
      assertEquals("on\n", sh(container, "echo on > /next; cat /next"));
    }
    assertTrue(writer.isAlive());
    writer.destroyForcibly();
    writer.waitFor();
    end(container);
    assertDiskClean(container);
    container.remove(false);
  }

  @Test
  void ofAContainerWhoseMachineWasKilled() throws Exception {
    Container container = create();
    container.start();
    change(container);
    String guest = listing(container);
    sh(container, "sync");
    long machine = ((ContainerState.Running) container.state()).machinePid();
    ProcessHandle.of(machine).orElseThrow().destroyForcibly();
    container.awaitEnd();
    Path disk = config.directories().containers().resolve(container.id()).resolve(DISK);
    assertTrue(Tool.run("dumpe2fs", "-h", disk.toString()).contains("needs_recovery"));
    assertEquals("", difference(guest, listing(export(container))));
    assertEquals(EXPECTED_CHANGES, changes(container));
    container.remove(false);
  }

  @Test
  void ofAContainerThatWasNeverStarted() throws Exception {
    Container container = create();
    assertEquals(List.of(), container.files().changes());
    assertEquals("root:x:0:0:root:/root:/bin/sh\n", text(container, "/etc/passwd"));
    assertEquals(0, container.files().stat("/etc/passwd").uid());
    container.remove(false);
  }

  private String text(Container container, String path) throws IOException {
    Path archive = scratch.resolve("text.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      container.files().read(path, out);
    }
    return Tool.run("tar", "-xOf", archive.toString());
  }

  @Test
  void pathsAreFollowedAsInTheContainer() throws Exception {
    Container container = create();
    container.start();
    sh(
        container,
        """
        mkdir -p /d/e; echo f > /d/e/f; ln -s /d/e /l; ln -s ../../../../etc /d/up
        ln -s loop2 /loop1; ln -s loop1 /loop2; ln -s nowhere/else /dangling
        """);
    end(container);
    FileStat link = container.files().stat("/l");
    assertEquals(FileStat.Kind.SYMBOLIC_LINK, link.kind());
    assertEquals("l", link.name());
    assertEquals(Optional.of("/d/e"), link.linkTarget());
    assertEquals(Optional.of("/d/e"), link.resolvedTarget());
    assertEquals(FileStat.Kind.DIRECTORY, container.files().stat("/l/").kind());
    assertEquals(
        Optional.of("/nowhere/else"), container.files().stat("/dangling").resolvedTarget());
    assertEquals(Optional.empty(), container.files().stat("/loop1").resolvedTarget());
    assertEquals("passwd", container.files().stat("d/up/passwd").name());
    assertEquals("/", container.files().stat("/../..").name());
    assertEquals(2, container.files().stat("/l/f").sizeBytes());
    assertEquals("l/\nl/f\n", names(container, "/l/"));
    assertEquals("./\n./f\n", names(container, "/l/."));
    assertEquals("l\n", names(container, "/l"));
    assertEquals("f\n", names(container, "/l/../e/f"));
    assertTrue(names(container, "/").startsWith("./\n./bin/\n"));
    for (Map.Entry<String, Kind> bad :
        Map.of(
                "/missing", Kind.NOT_FOUND,
                "/missing/deeper", Kind.NOT_FOUND,
                "/etc/passwd/x", Kind.NOT_FOUND,
                "/etc/passwd/", Kind.INVALID,
                "/loop1/x", Kind.INVALID,
                "", Kind.INVALID)
            .entrySet()) {
      EngineException e =
          assertThrows(EngineException.class, () -> container.files().stat(bad.getKey()));
      assertEquals(bad.getValue(), e.kind(), bad.getKey() + ": " + e.getMessage());
    }
    container.remove(false);
  }

  private String names(Container container, String path) throws IOException {
    Path archive = scratch.resolve("names.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      container.files().read(path, out);
    }
    return Tool.run("tar", "-tf", archive.toString());
  }

  /** A tree with all that an archive can hold, and an archive of what is in it. */
  private Path sourceTree() throws Exception {
    Path tree = Files.createDirectory(scratch.resolve("tree"));
    Tool.run(
        "sh",
        "-ec",
        """
        cd "$0"
        mkdir -p a/b; echo content > a/b/file; chmod 640 a/b/file; chown 1000:2000 a/b/file
        echo su > a/su; chmod 6755 a/su; chmod 1777 a/b
        ln a/b/file a/hard; ln -s b/file a/link; ln -s /nowhere dangling
        mknod null c 1 3; mkfifo pipe
        truncate -s 2M sparse; echo end >> sparse; head -c 3000000 /dev/urandom > large
        mkdir "$(printf 'n%.0s' $(seq 150))"; touch "$(printf 'n%.0s' $(seq 150))/$(printf 'm%.0s' $(seq 200))"
        python3 -c "import os; os.setxattr('a/su', 'user.test', b'v'); os.setxattr('a', 'user.d', b'w'); open(b'x-\\xff', 'w')"
        touch -d '2001-02-03 04:05:06' a a/b a/b/file
        """,
        tree.toString());
    return tree;
  }

  private byte[] archive(Path tree, String... options) throws IOException {
    Path archive = scratch.resolve("in.tar");
    String[] command = {"tar", "--xattrs", "--format=pax", "--numeric-owner", "-cf"};
    Tool.run(
        Stream.of(
                Stream.of(command),
                Stream.of(archive.toString()),
                Stream.of(options),
                Stream.of("-C", tree.toString(), "."))
            .flatMap(part -> part)
            .toArray(String[]::new));
    return Files.readAllBytes(archive);
  }

  private static void write(Container container, String directory, byte[] archive) {
    container.files().write(directory, new ByteArrayInputStream(archive), false);
  }

  private String hostListing(Path tree) throws Exception {
    Path names = Files.createDirectories(scratch.resolve("list"));
    Path xattr = home.resolve("xattr");
    return Tool.run(
        "busybox",
        "sh",
        "-ec",
        "T=%s\ncd %s\n%s%s < $T/names".formatted(names, tree, LISTING, xattr));
  }

  private static String guestListing(Container container, String directory) throws Exception {
    return sh(container, "T=/dev/shm\ncd " + directory + "\n" + LISTING + "xattr < $T/names");
  }

  @Test
  void anArchiveIsUnpackedIntoARunningContainer() throws Exception {
    Path tree = sourceTree();
    Container container = create();
    container.start();
    sh(container, "mkdir /dest; ln -s dest /link");
    write(container, "/link", archive(tree, "-z"));
    assertEquals("", difference(hostListing(tree), guestListing(container, "/dest")));
    write(container, "/dest", archive(tree, "-J"));
    assertEquals("", difference(hostListing(tree), guestListing(container, "/dest")));
    end(container);
    assertDiskClean(container);
    container.remove(false);
  }

  @Test
  void anArchiveIsUnpackedIntoContainersThatDoNotRun() throws Exception {
    Path tree = sourceTree();
    Container container = create();
    write(container, "/root", archive(tree));
    assertEquals("created", container.state().word());
    assertDiskClean(container);
    container.start();
    assertEquals("", difference(hostListing(tree), guestListing(container, "/root")));
    sh(container, "rm -r /root/a /root/large");
    end(container);
    write(container, "/root", archive(tree));
    assertDiskClean(container);
    Path archive = scratch.resolve("root.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      container.files().read("/root/.", out);
    }
    assertEquals("", difference(hostListing(tree), hostListing(unpack(archive, "again"))));
    container.remove(false);
  }

  private static void assertDiskClean(Container container) {
    Path disk = config.directories().containers().resolve(container.id()).resolve(DISK);
    Tool.run("e2fsck", "-fn", disk.toString());
  }

  @Test
  void whatIsThereIsReplacedUnlessThatIsForbidden() throws Exception {
    Container container = create();
    container.start();
    sh(container, "mkdir -p /d/x/y /d/keep; echo old > /d/f; echo kept > /d/keep/k");
    Path tree = Files.createDirectory(scratch.resolve("tree"));
    Tool.run(
        "sh",
        "-ec",
        "cd $0; echo new > f; mkdir keep; echo n > keep/n; echo x > x",
        tree.toString());
    byte[] archive = archive(tree);
    EngineException refused =
        assertThrows(
            EngineException.class,
            () -> container.files().write("/d", new ByteArrayInputStream(archive), true));
    assertEquals(Kind.INVALID, refused.kind(), refused::getMessage);
    assertTrue(refused.getMessage().contains("directory"), refused::getMessage);
    write(container, "/d", archive);
    assertEquals("new\nkept\nn\nx\n", sh(container, "cd /d; cat f keep/k keep/n x"));
    end(container);
    container.remove(false);
  }

  @Test
  void whatCannotBeUnpackedIsToldWhy() throws Exception {
    Container container = create();
    container.start();
    sh(container, "ln -s /etc /outside");
    Path tree = Files.createDirectory(scratch.resolve("tree"));
    Files.writeString(tree.resolve("f"), "f");
    byte[] archive = archive(tree, "-z");
    assertFails(Kind.NOT_FOUND, () -> write(container, "/missing", archive));
    assertFails(Kind.INVALID, () -> write(container, "/etc/passwd", archive));
    assertFails(
        Kind.INVALID, () -> write(container, "/root", Arrays.copyOf(archive, archive.length / 2)));
    assertFails(Kind.INVALID, () -> write(container, "/root", "no archive at all".getBytes()));
    InputStream broken =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == archive.length / 2) {
              throw new IOException("connection reset");
            }
            return archive[at++] & 0xff;
          }
        };
    assertFails(Kind.UNAVAILABLE, () -> container.files().write("/root", broken, false));
    write(container, "/outside", archive);
    assertEquals("f", sh(container, "cat /etc/f"));
    end(container);
    assertFails(Kind.NOT_FOUND, () -> write(container, "/missing", archive));
    container.remove(false);
    Container readOnly =
        engine
            .containers()
            .create(ContainerSpec.of(image).arguments("cat").readOnlyRoot(true).build());
    assertFails(Kind.CONFLICT, () -> write(readOnly, "/root", archive));
    readOnly.remove(false);
  }

  private static void assertFails(Kind kind, Runnable step) {
    EngineException e = assertThrows(EngineException.class, step::run);
    assertEquals(kind, e.kind(), e::getMessage);
  }

  /**
   * The disks that were made in a directory while {@code work} ran; what is known of the container
   * is written there too, at any time.
   *
   * @param patience how long to wait for the news of the first one
   */
  private static List<String> disksMadeIn(Path directory, Duration patience, Runnable work)
      throws Exception {
    try (WatchService watch = directory.getFileSystem().newWatchService()) {
      directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      work.run();
      List<String> made = new ArrayList<>();
      long deadline = System.nanoTime() + patience.toNanos();
      while (made.isEmpty() && System.nanoTime() < deadline) {
        WatchKey key = watch.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (key != null) {
          key.pollEvents().stream()
              .map(event -> event.context().toString())
              .filter(name -> name.startsWith(DISK))
              .forEach(made::add);
          key.reset();
        }
      }
      return made;
    }
  }

  @Test
  void theStartOfALongFileIsReadWithoutACopyOfTheDisk() throws Exception {
    Container container = create();
    container.start();
    sh(container, "printf start > /long; head -c 3000000 /dev/zero >> /long; ln -s long /link");
    Path directory = config.directories().containers().resolve(container.id());
    byte[][] head = new byte[1][];
    assertEquals(
        List.of(),
        disksMadeIn(
            directory,
            Duration.ofSeconds(1),
            () -> head[0] = container.files().head("/link", 1000)));
    assertEquals("start", new String(head[0], 0, 5));
    assertEquals(1000, head[0].length);
    assertEquals(
        List.of(DISK + ".copy"),
        disksMadeIn(
            directory,
            Duration.ofSeconds(60),
            () -> container.files().content("/long", OutputStream.nullOutputStream())));
    assertEquals(5, container.files().head("/long", 5).length);
    assertEquals(0, container.files().head("/long", 0).length);
    EngineException tooMuch =
        assertThrows(EngineException.class, () -> container.files().head("/long", (1 << 20) + 1));
    assertEquals(Kind.INVALID, tooMuch.kind());
    end(container);
  }
}
