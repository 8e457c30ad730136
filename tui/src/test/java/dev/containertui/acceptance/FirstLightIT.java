package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real registry to a real process in a real machine, through the built program. */
class FirstLightIT {
  @TempDir static Path temp;
  private static RealRegistry registry;
  private static Setting setting;
  private static String debian;
  private static String busybox;

  @BeforeAll
  static void fillTheRegistry() throws Exception {
    registry = RealRegistry.start(temp.resolve("registry"));
    registry.push(SampleImages.debian(), "debian", "debian:latest");
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
    debian = registry.reference("debian");
    busybox = registry.reference("busybox");
    setting = Setting.withKernel(temp.resolve("home"));
    setting.run("pull", debian).expect(0);
    setting.run("pull", busybox).expect(0);
  }

  @AfterAll
  static void stopTheRegistry() {
    if (registry != null) {
      registry.close();
    }
  }

  @AfterEach
  void nothingIsLeftBehind() throws InterruptedException {
    assertEquals(List.of(), setting.leftovers());
  }

  @Test
  void readsTheFilesOfADebianImage() throws Exception {
    Host.Result result = setting.run("run", "--rm", debian, "cat", "/etc/os-release").expect(0);
    assertTrue(result.text().contains("ID=debian"), result.text());
    assertEquals("", result.stderr());
  }

  @Test
  void pullsWhatIsMissingAndPrintsOnlyDataOnStdout() throws Exception {
    Setting fresh = Setting.withKernel(temp.resolve("fresh"));
    Host.Result result = fresh.run("run", "--rm", busybox, "echo", "hello").expect(0);
    assertEquals("hello\n", result.text());
    Host.Result images = fresh.run("images", "--format", "json").expect(0);
    assertTrue(images.text().contains("busybox"), images.text());
    fresh.run("rmi", busybox).expect(0);
    assertTrue(!fresh.run("images").expect(0).text().contains("busybox"));
  }

  @Test
  void pipesAMegabyteThroughUnchanged() throws Exception {
    byte[] bytes = new byte[1 << 20];
    new Random(7).nextBytes(bytes);
    Host.Result result = setting.run(bytes, "run", "--rm", "-i", busybox, "cat").expect(0);
    assertArrayEquals(bytes, result.stdout());
  }

  @Test
  void endsWithTheExitCodeOfTheContainer() throws Exception {
    setting.run("run", "--rm", busybox, "sh", "-c", "exit 42").expect(42);
    // PID 1 of a namespace ignores signals without a handler when they come from inside; so a child
    // dies of it.
    setting.run("run", "--rm", busybox, "sh", "-c", "sh -c 'kill -9 $$'; exit $?").expect(137);
    assertTrue(
        setting.run("run", "--rm", busybox, "/no/such").expect(127).stderr().contains("/no/such"));
    setting.run("run", "--rm", busybox, "/etc/passwd").expect(126);
  }

  @Test
  void killedProgramsEndWithOneHundredThirtySeven() throws Exception {
    Path script = temp.resolve("kill.jsh");
    Files.writeString(
        script,
        """
        var c = run("%s", "sleep", "1000").detach();
        c.kill();
        exit(c.waitFor());
        """
            .formatted(busybox));
    setting.run("repl", script.toString()).expect(137);
  }

  @Test
  void separatesTheTwoOutputs() throws Exception {
    Host.Result result =
        setting.run("run", "--rm", busybox, "sh", "-c", "echo out; echo err >&2").expect(0);
    assertEquals("out\n", result.text());
    assertEquals("err\n", result.stderr());
  }

  @Test
  void givesTheProcessItsEnvironmentUserDirectoryAndName() throws Exception {
    Path file = temp.resolve("env");
    Files.writeString(file, "# a comment\nFROM_FILE=x=y\n");
    Host.Result result =
        setting
            .run(
                "run",
                "--rm",
                "-e",
                "B=1",
                "--env-file",
                file.toString(),
                "-w",
                "/tmp",
                "-u",
                "nobody",
                "--hostname",
                "moon",
                "--memory",
                "256m",
                "--cpus",
                "1",
                busybox,
                "sh",
                "-c",
                "echo $A,$B,$FROM_FILE,$(pwd),$(id -u):$(id -g):$(id -G),$(hostname)")
            .expect(0);
    assertEquals("b c,1,x=y,/tmp,65534:65534:65534 50,moon\n", result.text());
  }

  @Test
  void limitsItsMemoryToWhatWasAskedFor() throws Exception {
    Host.Result limit =
        setting.run("run", "--rm", "--memory", "64m", busybox, "cat", "/sys/fs/cgroup/memory.max");
    assertEquals("67108864\n", limit.expect(0).text());
    // It must keep a line that does not end.
    setting
        .run("run", "--name", "greedy", "--memory", "64m", busybox, "tail", "/dev/zero")
        .expect(137);
    String inspect = setting.run("inspect", "greedy").expect(0).text();
    long limitBytes = figure(inspect, "limitBytes");
    long machineBytes = figure(inspect, "machineBytes");
    assertEquals(64 << 20, limitBytes);
    assertEquals(192 << 20, machineBytes);
    assertEquals(machineBytes, figure(inspect, "classBytes"));
    assertTrue(limitBytes + figure(inspect, "overheadBytes") <= machineBytes, inspect);
    setting.run("rm", "greedy").expect(0);
    setting.run("run", "--rm", "--memory", "6m", busybox, "true").expect(0);
  }

  private static long figure(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\" : (\\d+)").matcher(json);
    assertTrue(matcher.find(), name + " is not in " + json);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void cannotWriteToAReadOnlyRoot() throws Exception {
    Host.Result result =
        setting.run(
            "run",
            "--rm",
            "--read-only",
            busybox,
            "sh",
            "-c",
            "touch /x 2>/dev/null && echo written; touch /dev/shm/x && echo shm; cat /etc/hostname > /dev/null && echo ok");
    assertEquals("shm\nok\n", result.expect(0).text());
  }

  @Test
  void seesOnlyItsOwnProcesses() throws Exception {
    Host.Result result = setting.run("run", "--rm", busybox, "ps", "-o", "pid,args").expect(0);
    List<String> lines = result.text().strip().lines().map(String::strip).toList();
    assertEquals(List.of("PID   COMMAND", "1 ps -o pid,args"), lines);
  }

  @Test
  void runsAShellOnATerminalThatFollowsItsSize() throws Exception {
    Host.Result result =
        setting.onTerminal(
            List.of(
                "expect:# ",
                "send:tty; stty size\\r",
                "expect:/dev/pts/0\\s+30 100\\s",
                "expect:# ",
                "resize:77x33",
                // The size follows in a moment, the keys may be quicker.
                "send:until [ \"$(stty size)\" = '33 77' ]; do sleep 0.1; done; stty size\\r",
                "expect:33 77\\s",
                "expect:# ",
                "send:echo started; sleep 100\\r",
                "expect:started\\s",
                "send:\\x03",
                "expect:# ",
                "send:exit 3\\r"),
            "run",
            "--rm",
            "-it",
            busybox,
            "sh");
    result.expect(3);
  }

  @Test
  void runsASecondProcessBesideTheFirst() throws Exception {
    Path script = temp.resolve("exec.jsh");
    Files.writeString(
        script,
        """
        var c = run("%s", "sleep", "1000").detach();
        System.out.println(c.exec("uname", "-s").text());
        System.out.println(c.exec("sh", "-c", "ps -o pid,args | grep -c 'sleep 1000'").text());
        var s = c.stats();
        System.out.println(s.processes() >= 1 && s.memoryBytes() > 0 && s.machineMemoryBytes() > 0);
        c.stop();
        """
            .formatted(busybox));
    Host.Result result = setting.run("repl", script.toString()).expect(0);
    List<String> lines =
        result.text().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    assertEquals("Linux", lines.getFirst(), result.text());
    assertEquals("true", lines.getLast(), result.text());
  }

  @Test
  void hasEveryFileThatUmociUnpacks() throws Exception {
    Path bundle = temp.resolve("bundle");
    Host.tool("umoci", "unpack", "--image", SampleImages.debian() + ":debian", bundle.toString());
    String listing = "find . -xdev -printf '%p|%y|%m|%U:%G|%n|%l|%s|%T@\\n' | sort";
    String hashes = "find . -xdev -type f -print0 | sort -z | xargs -0 sha256sum";
    String script = "export LC_ALL=C; cd \"$ROOT\"; " + listing + "; " + hashes;

    String expected =
        Host.run(
                List.of("sh", "-c", script),
                new byte[0],
                java.util.Map.of("ROOT", bundle.resolve("rootfs").toString()))
            .expect(0)
            .text();
    Host.Result guest =
        setting.run("run", "--name", "compared", "-e", "ROOT=/", debian, "sh", "-c", script);
    List<String> want = comparable(expected);
    List<String> have = comparable(guest.expect(0).text());
    assertTrue(want.size() > 5000, "too few files to be the image: " + want.size());
    assertEquals(List.of(), minus(want, have), "missing or different in the guest");
    assertEquals(List.of(), minus(have, want), "only in the guest");

    assertEquals(0, checkFileSystems(), "e2fsck found faults");
    setting.run("rm", "compared").expect(0);
    Host.deleteTree(bundle);
  }

  /**
   * Runs {@code e2fsck -fn} on every disk of images and containers; how many have faults. A
   * template's disk is mounted for ever, so it would.
   */
  private static int checkFileSystems() throws IOException, InterruptedException {
    List<Path> disks;
    try (Stream<Path> files = Files.walk(setting.home().resolve("data"))) {
      disks = files.filter(f -> f.toString().endsWith(".ext4")).toList();
    }
    assertTrue(disks.size() >= 3, "a base for each image and one writable disk: " + disks);
    int faults = 0;
    for (Path disk : disks) {
      Host.Result check = Host.run(List.of("e2fsck", "-fn", disk.toString()));
      if (check.exitCode() != 0) {
        System.err.println(disk + "\n" + check.text() + check.stderr());
        faults++;
      }
    }
    return faults;
  }

  /**
   * Leaves out what a running container adds, and the sizes and times of directories, which are the
   * file system's own.
   */
  private static List<String> comparable(String listing) {
    List<String> lines = new ArrayList<>();
    for (String line : listing.split("\n")) {
      String path = line.contains("|") ? line.substring(0, line.indexOf('|')) : line.substring(66);
      if (path.matches("\\./(proc|sys|dev|lost\\+found)(/.*)?")
          || path.matches("\\./etc/(hostname|hosts|resolv\\.conf)")
          || path.equals(".")
          || path.equals("./etc")) {
        continue;
      }
      String[] fields = line.split("\\|");
      if (fields.length > 7 && fields[1].equals("d")) {
        fields[4] = fields[6] = "-";
        line = String.join("|", fields);
      }
      lines.add(line);
    }
    return lines;
  }

  private static List<String> minus(List<String> from, List<String> what) {
    var rest = new java.util.HashSet<>(what);
    return from.stream().filter(line -> !rest.contains(line)).limit(20).toList();
  }

  @Test
  void isReadableForOtherTools() throws Exception {
    Host.Result inspect = setting.run("inspect", busybox).expect(0);
    assertTrue(inspect.text().contains("sha256:"), inspect.text());
    try (Stream<Path> files = Files.walk(setting.home(), 4)) {
      Path layout =
          files.filter(f -> f.endsWith("oci-layout")).findFirst().orElseThrow().getParent();
      String index = Files.readString(layout.resolve("index.json"), StandardCharsets.UTF_8);
      assertTrue(index.contains("busybox"), index);
    }
  }
}
