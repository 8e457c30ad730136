package dev.containertui.acceptance;

import static dev.containertui.ContainerTui.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Container;
import dev.containertui.ContainerTui;
import dev.containertui.Event;
import dev.containertui.Events;
import dev.containertui.Feed;
import dev.containertui.FileInfo;
import dev.containertui.Frontend;
import dev.containertui.Image;
import dev.containertui.Job;
import dev.containertui.Listing;
import dev.containertui.LogLine;
import dev.containertui.Machine;
import dev.containertui.Pipeline;
import dev.containertui.Port;
import dev.containertui.Progress;
import dev.containertui.Result;
import dev.containertui.Session;
import dev.containertui.Stats;
import dev.containertui.Timeline;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every word of the language, once, with real containers; {@link ApiCallsTest} sees to that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class ApiScenario {
  private static final Duration LONG = Duration.ofMinutes(2);

  private Path temp;
  private RealRegistry registry;
  private Setting setting;
  private Engine engine;
  private String busybox;
  private Container box;

  /** The engine under test, of this state directory. */
  abstract Engine open(Path home);

  /** Called when the engine has been closed. */
  void closed(Path home) throws Exception {}

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    temp = directory;
    registry = RealRegistry.start(temp.resolve("registry"));
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
    busybox = registry.reference("busybox");
    setting = Setting.withKernel(temp.resolve("home"));
    engine = open(setting.home());
    use(engine);
    pull(busybox);
    box = run(busybox, "sleep", "100000").name("box").detach();
  }

  @AfterAll
  void stop() throws Exception {
    try {
      if (box != null) {
        box.rm();
      }
      ContainerTui.close();
      if (engine != null) {
        engine.close();
        closed(setting.home());
        assertEquals(List.of(), setting.leftovers());
      }
    } finally {
      if (registry != null) {
        registry.close();
      }
    }
  }

  @AfterEach
  void onlyTheBoxIsLeft() {
    Listing<Container> left = containers().where(c -> !c.equals(box));
    left.forEach(Container::rm); // so that one failure does not become many
    assertEquals(List.of(), left);
  }

  private static Kind kindOf(Runnable words) {
    return assertThrows(EngineException.class, words::run).kind();
  }

  @Test
  void imagesTellWhatTheyAre() throws Exception {
    Image image = pull(busybox, "linux/amd64");
    assertEquals(image, image(busybox));
    assertEquals(image.id(), image(image.id()).id());
    assertTrue(images().grep("busybox").where(i -> i.sizeBytes() > 100_000).contains(image));
    assertEquals(busybox + ":latest", image.name());
    assertEquals(List.of(busybox + ":latest"), image.names());
    assertEquals("linux/amd64", image.platform());
    assertTrue(image.digest().startsWith("sha256:"));
    assertTrue(image.created().isPresent());
    assertEquals(Map.of(), image.labels());
    assertEquals(2, image.layers().size());
    assertEquals(1, image.layers().getFirst().number());
    assertEquals(
        image.sizeBytes(), image.layers().stream().mapToLong(layer -> layer.sizeBytes()).sum());
    assertTrue(image.history().size() >= 2);
    assertEquals(image.digest(), image.inspect().get("digest").asText());
    assertEquals(busybox + ":latest", inspect(busybox).get("references").get(0).asText());
    assertEquals(image.sizeBytes(), image.json().get("sizeBytes").asLong());
    assertTrue(images().json().isArray());
    assertEquals("hi", image.run("echo", "hi").text());
  }

  @Test
  void imagesAreNamedSentSavedAndRemoved() throws Exception {
    Image image = image(busybox).tag(registry.reference("mine:1"));
    assertTrue(image.names().contains(registry.reference("mine:1")));
    run(busybox, "sh", "-c", "echo mine > /mine").keep().name("maker").text();
    Image mine = c("maker").commit(registry.reference("mine:2"), "CMD [\"cat\", \"/mine\"]");
    c("maker").rm();
    assertEquals("mine", run(mine.name()).text());
    assertTrue(mine.push().startsWith("sha256:"));
    Path file = mine.save(temp.resolve("mine.tar"));
    assertTrue(mine.rm().toString().contains("Untagged: " + registry.reference("mine:2")));
    assertEquals(Kind.NOT_FOUND, kindOf(() -> image(mine.name())));
    assertEquals(List.of(mine.name()), load(file).stream().map(Image::name).toList());
    image(mine.name()).rm();
    assertEquals("mine", pull(mine.name()).run().text());
    image(mine.name()).rm();
    engine().images().remove(registry.reference("mine:1"), false);
  }

  @Test
  void runTakesTheWordsOfTheCommandLine() throws Exception {
    String said =
        run(busybox)
            .entrypoint(
                "/bin/env",
                "THREE=3",
                "sh",
                "-c",
                "cat >/dev/null; id -u; id -g; pwd;"
                    + " echo $ONE$TWO$THREE; hostname; grep far /etc/hosts; nproc")
            .command("ignored")
            .user("65534:50")
            .workdir("/tmp")
            .env("ONE", "1")
            .env(Map.of("TWO", "2"))
            .hostname("somewhere")
            .host("far", "10.1.2.3")
            .label("purpose", "a test")
            .cpus(1)
            .memory(48 << 20)
            .memory("64m")
            .platform("linux/amd64")
            .stopSignal("TERM")
            .stopTimeout(Duration.ofSeconds(5))
            .health(Duration.ofSeconds(30), "true")
            .restart("no")
            .stdin("nothing")
            .timeout(LONG)
            .rm()
            .text();
    assertEquals(
        List.of("65534", "50", "/tmp", "123", "somewhere", "10.1.2.3\tfar", "1"),
        said.lines().map(line -> line.replaceAll("[ \\t]+", "\t")).toList());
    assertEquals(List.of("a", "b"), run(busybox, "cat").stdin("a\nb\n").lines());
    assertEquals(3, run(busybox, "sh", "-c", "exit 3").code());
    Result result = run(busybox, "sh", "-c", "echo o; echo e >&2; exit 1").result();
    assertFalse(result.ok());
    assertEquals("o\n", result.output());
    assertEquals("e\n", result.errors());
    assertEquals(List.of(1), result.codes());
    assertTrue(assertThrows(EngineException.class, result::orFail).getMessage().endsWith(": e"));
    assertEquals(1, run(busybox, "touch", "/x").readOnly().code());
    publishes();
    assertTrue(
        run(busybox, "true").coldBoot().kernel(kernelFile()).keep().name("cold").code() == 0);
    assertTrue(c("cold").timeline().start().startsWith("cold boot"), c("cold").timeline()::start);
    c("cold").rm();
    assertEquals("3", run(busybox, "cat").stdin("a\nb\nc\n").pipe(box.exec("wc", "-l")).text());
  }

  private void publishes() throws Exception {
    Container served =
        run(busybox, "nc", "-ll", "-p", "80", "-e", "echo", "served")
            .port("127.0.0.1:0:80")
            .port(81)
            .port(0, 82)
            .expose("53/udp")
            .publishAll()
            .detach();
    assertEquals(
        List.of("53/udp", "80/tcp", "81/tcp", "82/tcp"),
        served.ports().stream().map(port -> port.port() + "/" + port.protocol()).toList());
    Port web = served.ports().get(1);
    assertEquals("127.0.0.1", web.address());
    assertEquals(web.hostPort(), served.port(80));
    assertEquals(served.ports().getFirst().hostPort(), served.port("53/udp"));
    await("it serves", () -> said(web.hostPort()).equals("served\n"), LONG);
    assertEquals(80, served.ports().json().get(1).get("port").asInt());
    assertEquals(
        Kind.CONFLICT,
        assertThrows(
                EngineException.class, () -> run(busybox, "true").port(web.hostPort(), 1).detach())
            .kind());
    served.kill();
    served.waitFor(LONG);
    assertEquals(0, served.ports().size());
    assertTrue(
        assertThrows(EngineException.class, () -> served.port(80))
            .getMessage()
            .contains("port 80/tcp of " + served.name() + " is not published"));
    served.rm();
  }

  private static String said(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      return new String(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      return "";
    }
  }

  private Path kernelFile() {
    return engine().kernels().defaultKernel().orElseThrow().image();
  }

  @Test
  void jobsAreProcessesOfJava() throws Exception {
    assertEquals("Linux", box.exec("uname", "-s").text());
    assertEquals(List.of("a", "b"), box.exec("sort").stdin("b\na\n").lines());
    byte[] bytes = new byte[3 << 20];
    new Random(3).nextBytes(bytes);
    assertArrayEquals(bytes, box.exec("cat").stdin(bytes).bytes());
    Path file = Files.write(temp.resolve("bytes"), bytes);
    assertEquals("" + bytes.length, box.exec("wc", "-c").stdin(file).text());
    assertEquals("4", box.exec("wc", "-c").stdin(new ByteArrayInputStream(new byte[4])).text());
    Path copy = temp.resolve("copy");
    assertTrue(box.exec("cat").stdin(file).saveTo(copy).ok());
    assertEquals(-1, Files.mismatch(file, copy));

    Job cat = box.exec("cat");
    assertTrue(cat.isAlive());
    assertTrue(cat.pid() > 1);
    assertTrue(cat.supportsNormalTermination());
    assertEquals("cat", cat.command());
    try (OutputStream in = cat.getOutputStream()) {
      in.write("through\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        "through\n", new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, cat.getErrorStream().readAllBytes().length);
    assertTrue(cat.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, cat.waitFor());
    assertEquals(0, cat.exitValue());
    assertEquals(cat, cat.onExit().get());

    Job asleep = box.exec("sleep", "1000");
    asleep.destroy();
    assertEquals(128 + 15, asleep.waitFor());
    Job awake = box.exec("sleep", "1000");
    assertEquals(128 + 9, awake.destroyForcibly().waitFor());
    assertEquals(128 + 10, box.exec("sleep", "1000").signal("USR1").code());
    EngineException late =
        assertThrows(
            EngineException.class, () -> box.exec("sleep", "1000").timeout("300ms").result());
    assertEquals(Kind.TIMEOUT, late.kind());
    assertEquals(0, box.exec("true").timeout(LONG).code());
    assertEquals(Kind.COMMAND_NOT_FOUND, kindOf(() -> box.exec("nothing-of-the-kind")));

    assertEquals(
        List.of("65534", "/tmp", "hello"),
        box.command("sh", "-c", "id -u; pwd; echo $WORD")
            .user("nobody")
            .workdir("/tmp")
            .env("WORD", "hello")
            .lines());
    assertEquals("x", box.command("cat").stdin("x".getBytes(StandardCharsets.UTF_8)).text());
    assertEquals(0, box.command("true").start().code());
  }

  @Test
  void aHandleSaysThatItsContainerIsGone() {
    Container gone = run(busybox, "sleep", "100000").name("gone").detach();
    Container another = c("gone");
    assertEquals("running", gone.state());
    gone.rm();
    List<Runnable> words =
        List.of(
            gone::state,
            another::state,
            gone::exitCode,
            gone::address,
            gone::processes,
            gone::start,
            gone::rm,
            () -> gone.exec("true"),
            () -> gone.fs("/etc"));
    for (Runnable word : words) {
      EngineException e = assertThrows(EngineException.class, word::run);
      assertEquals(Kind.NOT_FOUND, e.kind());
      assertEquals("container gone is gone: it has been removed", e.getMessage());
      assertEquals("containers() lists what is here", e.hint());
    }
    assertFalse(gone.isRunning());
    assertEquals("gone", gone.name());
    assertEquals("removed", gone.json().get("state").asText());
    assertEquals("gone (" + gone.id() + ", removed)", gone.toString());
    String shown = new ValueRenderer(Style.PLAIN).render(gone);
    assertTrue(shown.lines().toList().get(1).contains(" removed "), shown);
  }

  @Test
  void pipesGoFromContainerToContainer() throws Exception {
    Container other = run(busybox, "sleep", "100000").name("other").detach();
    try {
      Pipeline pipe =
          box.exec("seq", "1", "300000")
              .pipe(other.exec("sort", "-rn"))
              .pipe(box.exec("head", "-n", "2"))
              .timeout(LONG);
      assertEquals(List.of("300000", "299999"), pipe.lines());
      assertEquals(0, pipe.code());
      assertEquals(3, pipe.codes().size());
      assertEquals("300000\n299999\n", new String(pipe.bytes(), StandardCharsets.UTF_8));
      Result result =
          box.exec("sh", "-c", "echo lost; exit 4")
              .pipe(other.exec("sh", "-c", "cat; echo why >&2"))
              .timeout("2m")
              .result();
      assertEquals(List.of(4, 0), result.codes());
      assertEquals(4, result.code());
      assertEquals("why\n", result.errors());
      // Without an end of its own it ends because nobody reads it any more.
      assertEquals("y", box.exec("yes").pipe(other.exec("head", "-n", "1")).text());
    } finally {
      other.rm();
    }
  }

  @Test
  void logsAreLinesWithTimeAndStream() throws Exception {
    Instant before = Instant.now().minusSeconds(5);
    Container talker =
        run(
                busybox,
                "sh",
                "-c",
                "echo one; echo two >&2; echo three; read x; echo got $x; sleep 100000")
            .name("talker")
            .openInput()
            .detach();
    try {
      assertEquals("three", talker.logs().await("^three$", LONG).text());
      talker.logs().await("^two$", LONG);
      assertEquals(List.of("one", "three"), texts(talker.logs().out().lines()));
      assertEquals(List.of("two"), texts(talker.logs().err().lines()));
      assertEquals("err", talker.logs().err().lines().getFirst().stream());
      assertTrue(talker.logs().lines().getFirst().at().isAfter(before));
      assertEquals(List.of("three"), texts(talker.logs().out().tail(1).lines()));
      assertEquals("three", talker.logs().grep("^th").text());
      assertEquals(3, talker.logs().since(before).lines().size());
      assertEquals(
          3, talker.logs().since("10m").until(Instant.now().plusSeconds(60)).json().size());
      assertEquals(0, talker.logs().until("1h").lines().size());
      try (Feed<LogLine> lines = talker.logs().tail(0).follow()) {
        assertEquals(Optional.empty(), lines.next(Duration.ofMillis(200)));
        OutputStream in = talker.main().getOutputStream();
        in.write("it\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        assertEquals("got it", lines.next().orElseThrow().text());
        talker.kill("KILL");
        assertEquals(Optional.empty(), lines.next(LONG));
      }
      try (Feed<LogLine> all = talker.logs().follow();
          Stream<LogLine> stream = all.stream()) {
        assertEquals(4, stream.count());
      }
      int count = 0;
      for (LogLine line : talker.logs()) {
        count += line.text().isEmpty() ? 0 : 1;
      }
      assertEquals(4, count);
      assertEquals(
          Kind.TIMEOUT, kindOf(() -> talker.logs().await("never", Duration.ofMillis(100))));
    } finally {
      talker.rm();
    }
  }

  private static List<String> texts(List<LogLine> lines) {
    return lines.stream().map(LogLine::text).toList();
  }

  @Test
  void filesArePathsOfJava() throws Exception {
    Container disk = run(busybox, "sleep", "100000").name("disk").detach();
    try {
      disk.exec(
              "sh",
              "-c",
              "mkdir -p /d/e; echo hi > /d/e/f; chown 7:8 /d/e/f; chmod 4751 /d/e/f;"
                  + " ln -s e/f /d/link; ln -s /d/e /way; head -c 3000000 /dev/zero > /d/big; sync")
          .text();
      filesOf(disk);
      assertEquals("hi\n", Files.readString(disk.fs("/way/f")));
      Files.writeString(disk.fs("/d/new"), "from here\n");
      assertEquals("from here", disk.exec("cat", "/d/new").text());
      Files.createDirectory(disk.fs("/d/dir"));
      Path host = Files.writeString(temp.resolve("host"), "host\n");
      Files.copy(host, disk.fs("/d/dir/host"));
      assertEquals("host", disk.exec("cat", "/d/dir/host").text());
      Files.writeString(disk.fs("/d/link"), "changed\n");
      assertEquals(
          "changed 4751 7",
          disk.exec("sh", "-c", "echo $(cat /d/e/f) $(stat -c '%a %u' /d/e/f)").text());
      UnsupportedOperationException no =
          assertThrows(UnsupportedOperationException.class, () -> Files.delete(disk.fs("/d/new")));
      assertTrue(no.getMessage().contains("rm"), no.getMessage());
      assertThrows(NoSuchFileException.class, () -> Files.size(disk.fs("/d/none")));

      Listing<dev.containertui.Change> diff = disk.diff();
      assertTrue(
          diff.stream()
              .anyMatch(change -> change.kind().equals("added") && change.path().equals("/d/e/f")));
      Path tree = Files.createDirectories(temp.resolve("tree/sub")).getParent();
      Files.writeString(tree.resolve("sub/file"), "in the tree");
      disk.cp(tree, "/");
      assertEquals("in the tree", disk.exec("cat", "/tree/sub/file").text());
      disk.cp("/tree", temp.resolve("back"));
      assertEquals("in the tree", Files.readString(temp.resolve("back/sub/file")));
      disk.cp("/tree/sub/file", box, "/tmp/file");
      assertEquals("in the tree", box.exec("cat", "/tmp/file").text());
      assertTrue(Files.size(disk.export(temp.resolve("whole.tar"))) > 1 << 20);

      disk.stop(Duration.ofSeconds(1));
      assertEquals("changed\n", Files.readString(disk.fs("/d/e/f")));
      Files.writeString(disk.fs("/d/rest"), "at rest\n");
      assertEquals("at rest", disk.start().exec("cat", "/d/rest").text());
      Image image = disk.commit("disk:1");
      assertEquals("at rest\n", Files.readString(image.fs("/d/rest")));
      filesOf(image);
      image.rm();
    } finally {
      disk.rm();
    }
  }

  private void filesOf(Container disk) throws IOException {
    look(disk.fs(), disk.fs("/d/e/f"), disk.fs("d/link"));
    try (Stream<Path> walked = Files.walk(disk.fs("/d"))) {
      assertEquals(
          List.of("/d", "/d/big", "/d/e", "/d/e/f", "/d/link"),
          walked.map(Path::toString).sorted().toList());
    }
    assertEquals(3_000_000, Files.newInputStream(disk.fs("/d/big")).readAllBytes().length);
    var node = tree(disk.fs("/d"));
    assertEquals(3_000_003, node.sizeBytes());
    assertEquals(List.of("big", "e", "link"), node.children().stream().map(n -> n.name()).toList());
    assertEquals("f", node.children().get(1).children().getFirst().name());
    assertEquals("link", node.children().get(2).kind());
    assertEquals(List.of(), tree(disk.fs("/d"), 0).children());
  }

  private void filesOf(Image image) throws IOException {
    assertTrue(Files.isDirectory(image.fs()));
    FileInfo info = image.files("/d/e").grep("/d/e/f").getLast();
    assertEquals("/d/e/f", info.path());
    assertEquals("rwsr-x--x", info.mode());
    assertEquals(7, info.uid());
    assertEquals(8, info.gid());
    assertTrue(image.files().size() > 100);
    assertThrows(UnsupportedOperationException.class, () -> Files.writeString(image.fs("/x"), "x"));
  }

  private void look(Path root, Path file, Path link) throws IOException {
    assertEquals("/", root.toString());
    assertEquals("hi\n", Files.readString(file));
    assertEquals("hi\n", Files.readString(link));
    assertEquals(3, Files.size(file));
    assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(0104751, Files.getAttribute(file, "unix:mode"));
    assertEquals(7, Files.getAttribute(file, "unix:uid"));
    assertEquals(
        "8",
        Files.readAttributes(file, java.nio.file.attribute.PosixFileAttributes.class)
            .group()
            .getName());
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS));
    assertEquals("e/f", Files.readSymbolicLink(link).toString());
    assertEquals(file, link.toRealPath());
    assertTrue(Files.isSameFile(file, link));
    assertEquals(List.of("hi"), Files.readAllLines(file));
    Path copied = temp.resolve("copied");
    Files.copy(file, copied, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals("hi\n", Files.readString(copied));
  }

  @Test
  void containersLiveAndEnd() throws Exception {
    Container c =
        run(busybox, "sh", "-c", "trap 'exit 5' TERM; while :; do sleep 1000 & wait; done")
            .name("life")
            .label("kind", "test")
            .health(Duration.ofSeconds(1), "true")
            .memory("64m")
            .create();
    try {
      assertEquals("created", c.state());
      assertEquals(Optional.empty(), c.exitCode());
      assertEquals("life", c.start().name());
      assertEquals(c, c(c.id()));
      assertEquals(busybox, c.image());
      assertEquals("sh", c.command().getFirst());
      assertTrue(c.isRunning());
      assertTrue(c.address().isPresent());
      assertEquals("test", c.labels().get("kind"));
      assertTrue(c.createdAt().isBefore(Instant.now().plusSeconds(60)));
      await("health", () -> c.health().equals(Optional.of("healthy")), LONG);
      assertEquals("running", c.pause().unpause().state());
      assertEquals("life2", c.rename("life2").name());
      c.memory("48m").cpus(0.5).restart("on-failure:2").restart("no");
      assertEquals(48 << 20, c.stats().memoryLimitBytes());
      c.restart();
      assertTrue(c.isRunning());
      await(
          "its trap",
          () -> c.processes().stream().anyMatch(p -> p.command().equals("sleep 1000")),
          LONG);
      c.stop();
      assertEquals(Optional.of(5), c.exitCode());
      assertEquals(5, c.waitFor());
      c.start().kill();
      assertEquals(137, c.waitFor(LONG));
      assertEquals("exited", c.json().get("state").asText());
      assertEquals(137, c.json().get("exitCode").asInt());
      assertEquals("life2", c.inspect().get("name").asText());
      assertTrue(Files.readString(c.fs("/etc/passwd")).startsWith("root"));
    } finally {
      c.rm();
    }
    assertEquals(Kind.NOT_FOUND, kindOf(() -> c("life2")));
  }

  @Test
  void theEngineTellsWhatItHasAndDoes() throws Exception {
    Instant before = Instant.now();
    try (Events events = events()) {
      run(busybox, "true").name("short").text();
      Event died = events.await(e -> e.action().equals("die") && e.name().equals("short"), LONG);
      assertEquals("container", died.type());
      assertEquals("0", died.attributes().get("exitCode"));
      assertTrue(died.id().length() >= 12);
    }
    try (Events past = events().filter("event=start", "container=short").since(before)) {
      assertEquals("short", past.next(LONG).orElseThrow().name());
      past.since("1h");
      assertEquals("start", past.next().orElseThrow().action());
    }
    Stats first = box.stats();
    assertTrue(first.memoryBytes() > 0 && first.machineMemoryBytes() > first.memoryBytes());
    box.exec("sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done").text();
    assertTrue(box.stats().cpusSince(first) > 0);
    assertEquals("box", stats().getFirst().container());
    assertEquals(1, box.processes().where(p -> p.command().equals("sleep 100000")).size());
    Machine machine = machines().getFirst();
    assertEquals("box", machine.container());
    assertTrue(ProcessHandle.of(machine.pid()).isPresent());
    assertTrue(machine.residentBytes() > 0 && !machine.startup().isZero());
    Timeline timeline = box.timeline();
    assertEquals(timeline.total(), timeline.steps().getLast().at());
    assertTrue(timeline.json().get("totalMillis").asDouble() > 0);
    assertEquals("box", inspect("box").get("name").asText());
    assertTrue(system().running() >= 1);
    assertTrue(df().totalBytes() > df().layersBytes() && df().layersBytes() > 0);
    assertTrue(doctor().stream().anyMatch(f -> f.level().equals("ok") && !f.detail().isEmpty()));
    assertTrue(kernels().getFirst().isDefault());
    templates().forEach(template -> assertFalse(template.key().isEmpty()));
    run(busybox, "true").keep().name("rest").text();
    run(busybox, "true").name("again").text();
    run(busybox, "true").name("again").text();
    assertEquals(1, prune().containers().size());
    image(busybox).tag("unused:1");
    assertEquals(List.of(), prune(true).containers());
    assertEquals(busybox + ":latest", image(busybox).name());
    engine().images().remove("unused:1", false);
  }

  @Test
  void volumesOutliveContainers() throws Exception {
    assertEquals(1L << 30, createVolume("api-data", "1g").sizeBytes());
    assertEquals("api-data", createVolume("api-data").name());
    run(busybox, "sh", "-c", "echo kept > /data/file").mount("api-data", "/data").text();
    String read =
        run(busybox, "sh", "-c", "cat /data/file; df -k /fast | grep -c 8192")
            .mountReadOnly("api-data", "/data")
            .tmpfs("/fast", "8m")
            .tmpfs("/tmp")
            .text();
    assertEquals("kept\n1", read);
    assertEquals(List.of(), volume("api-data").containers());
    assertEquals(1, volumes().where(v -> v.name().equals("api-data")).size());
    volume("api-data").rm();
    assertEquals(Kind.NOT_FOUND, kindOf(() -> volume("api-data")));
  }

  @Test
  void helpersWaitWatchAndWorkInParallel() throws Exception {
    List<String> said = parallel(List.of("a", "b", "c"), word -> box.exec("echo", word).text());
    assertEquals(List.of("a", "b", "c"), said);
    EngineException some =
        assertThrows(
            EngineException.class,
            () -> parallel(2, List.of("true", "false"), word -> box.exec(word).text()));
    assertTrue(some.getMessage().startsWith("1 of 2 failed: false: "), some.getMessage());
    EngineException late =
        assertThrows(
            EngineException.class,
            () -> await("a miracle", () -> box.exec("false").code() == 0, Duration.ofMillis(300)));
    assertTrue(late.getMessage().contains("a miracle"), late.getMessage());
    await(() -> box.isRunning(), LONG);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerTui.close();
    try (Session _ = Session.open(engine, new Scripted(new PrintStream(out, true)))) {
      print("text", box.exec("echo", "shown"), images());
      try (Events events = events().filter("event=die")) {
        run(busybox, "true").name("seen").text();
        events.await(e -> e.name().equals("seen"), LONG);
      }
      AtomicInteger times = new AtomicInteger();
      Thread watcher =
          Thread.ofPlatform()
              .start(
                  () -> watch(Duration.ofMillis(100), () -> "beat " + times.incrementAndGet() / 2));
      while (times.get() < 5) {
        Thread.sleep(20);
      }
      watcher.interrupt();
      watcher.join();
      Thread second = Thread.ofPlatform().start(() -> watch(() -> system()));
      second.interrupt();
      second.join();
      assertEquals(3, box.command("sh").interactive());
      box.shell();
      assertEquals(3, run(busybox, "sh").interactive());
      assertEquals(Kind.CONFLICT, kindOf(() -> use(engine)));
    } finally {
      use(engine);
    }
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(shown.startsWith("text\nshown\nIMAGE"), shown);
    assertTrue(shown.contains("beat 0\nbeat 1\nbeat 2\n"), shown);
    assertTrue(shown.contains("exit code 3"), shown);
  }

  /** A front end with a person who says {@code exit 3} whenever there is a terminal. */
  private record Scripted(PrintStream out) implements Frontend {
    @Override
    public Style style() {
      return Style.PLAIN;
    }

    @Override
    public String render(Object value) {
      return new ValueRenderer(Style.PLAIN).render(value);
    }

    @Override
    public Progress progress() {
      return Progress.NONE;
    }

    @Override
    public boolean live() {
      return false;
    }

    @Override
    public int handOver(Function<TerminalSize, ContainerProcess> start) {
      ContainerProcess process = start.apply(new TerminalSize(80, 24));
      try {
        process.getOutputStream().write("exit 3\r".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        process.getInputStream().readAllBytes();
        return process.waitFor();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** As a program of Java that has no JLine, in an engine of its own and in the user's. */
  @Test
  void aPlainProgramNeedsNoConsole() throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.contains("jline") && !entry.contains("lanterna"))
            .reduce((a, b) -> a + ":" + b)
            .orElseThrow();
    assertNotEquals(System.getProperty("java.class.path"), classPath);
    Setting own = Setting.withKernel(temp.resolve("own"));
    Host.Result result =
        Host.run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                ApiProgram.class.getName(),
                busybox),
            new byte[0],
            Map.of("CONTAINER_TUI_HOME", own.home().toString()));
    assertEquals("in this process: true\nhello\n6\n", result.expect(0).text(), result.stderr());
    assertEquals(List.of(), own.leftovers());
  }
}
