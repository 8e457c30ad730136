package dev.containertui.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.GuestProcessHandle.Channel;
import dev.containertui.agent.GuestProcessHandle.Exit;
import dev.containertui.agent.UnpackStream.Attributes;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Ext4Options;
import dev.containertui.ext4.Ext4Reader;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.ImagePath;
import dev.containertui.guest.GuestInit;
import dev.containertui.kernel.Initramfs;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.TestKernel;
import dev.containertui.rootfs.WritableDisk;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.qemu.QemuConfig;
import dev.containertui.vm.qemu.QemuHypervisor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both sides of the agent protocol, in a real machine. */
@Timeout(240)
class AgentMachineIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final ImagePath UPPER = ImagePath.of("upper");

  @TempDir Path directory;
  private Path upper;
  private VirtualMachine machine;

  @BeforeEach
  void boot() throws IOException {
    InstalledKernel kernel = TestKernel.get();
    var bootable = new VmSpec.Kernel(kernel.image(), kernel.acpi());
    Path initramfs =
        Initramfs.cached(
            directory.resolve("cache"), kernel, GuestInit.binary(System.getProperty("os.arch")));
    Path root = directory.resolve("root.ext4");
    try (Ext4Writer writer = Ext4Writer.create(root, Ext4Options.fitted(UUID.randomUUID()))) {
      var plain = dev.containertui.ext4.Attributes.of(0755);
      for (String name : List.of("bin", "etc", "tmp", "srv")) {
        writer.directory(ImagePath.of(name), plain);
      }
      try (InputStream busybox = Files.newInputStream(BUSYBOX)) {
        writer.file(ImagePath.of("bin/busybox"), plain, busybox);
      }
      for (String name : List.of("sh", "seq", "sleep", "cat", "stat")) {
        writer.symlink(ImagePath.of("bin/" + name), plain, "busybox".getBytes(UTF_8));
      }
      writer.finish();
    }
    upper = directory.resolve("upper.ext4");
    WritableDisk.create(upper, 64L << 20);
    var config =
        new QemuConfig(
            Optional.empty(),
            System.getenv("PATH"),
            TestKernel.cacheDirectory().resolve("qemu"),
            () -> Optional.of(bootable));
    machine =
        new QemuHypervisor(config)
            .start(
                new VmSpec(
                    "test",
                    Files.createTempDirectory(directory, "vm"),
                    new VmSpec.MachineShape(bootable, initramfs, "", 1, 256L << 20),
                    new VmSpec.Attachments(
                        List.of(
                            new VmSpec.Disk(root, "root", true),
                            new VmSpec.Disk(upper, "upper", false)),
                        List.of())));
  }

  @AfterEach
  void turnOff() {
    machine.close();
  }

  private AgentConnection setUp() {
    AgentConnection agent = AgentConnection.open(machine.openAgentChannel(), Duration.ZERO, LONG);
    byte[] entropy = new byte[32];
    new Random().nextBytes(entropy);
    agent.setUp(
        new MachineSetup(
            "guest",
            Instant.now(),
            entropy,
            "root",
            Optional.of("upper"),
            Optional.empty(),
            List.of(),
            OptionalInt.empty(),
            OptionalLong.empty()),
        LONG);
    return agent;
  }

  private static ProcessStart shell(boolean main, String script) {
    return new ProcessStart(
        main,
        List.of("sh", "-c", script),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /**
   * Reads at most so many bytes, as a log would, and does not acknowledge the last of them at once.
   */
  private static void log(
      InputStream stream,
      GuestProcessHandle process,
      Channel channel,
      ByteArrayOutputStream log,
      int limit)
      throws IOException {
    byte[] buffer = new byte[10_000];
    int unacknowledged = 0;
    for (int left = limit; left > 0; ) {
      int count = stream.read(buffer, 0, Math.min(left, buffer.length));
      if (count < 0) {
        return;
      }
      log.write(buffer, 0, count);
      left -= count;
      unacknowledged += count;
      if (left % 3 != 0) {
        process.acknowledge(channel, unacknowledged);
        unacknowledged = 0;
      }
    }
  }

  @Test
  void enginesThatAreKilledLoseNothing() throws Exception {
    Random random = new Random(8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String script = "seq 1 100000 & seq 200000 300000 >&2 & wait; exit 21";
    AgentConnection agent = setUp();
    int handle;
    try {
      GuestProcessHandle process = agent.spawn(shell(true, script).retained(), LONG).process();
      handle = process.handle();
      for (int round = 0; round < 15; round++) {
        log(process.stdout(), process, Channel.OUT, out, random.nextInt(60_000));
        log(process.stderr(), process, Channel.ERR, err, random.nextInt(60_000));
        // What a kill does: the channel is closed in the middle of whatever is on its way.
        agent.close();
        agent = AgentConnection.reopen(machine.openAgentChannel(), Duration.ZERO, LONG, 1000);
        assertEquals(
            List.of(handle),
            agent.hello().processes().stream().map(GuestHello.Listed::handle).toList());
        process = agent.attach(handle, false, out.size(), err.size(), LONG);
      }
      // Both at once: the process ends when both have been read.
      GuestProcessHandle last = process;
      CompletableFuture<Void> errors =
          CompletableFuture.runAsync(
              () -> {
                try {
                  log(last.stderr(), last, Channel.ERR, err, Integer.MAX_VALUE);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      log(last.stdout(), last, Channel.OUT, out, Integer.MAX_VALUE);
      errors.get(60, TimeUnit.SECONDS);
      assertEquals(new Exit(21), process.awaitExit());
      agent.close();
      agent = AgentConnection.reopen(machine.openAgentChannel(), Duration.ZERO, LONG, 1000);
      assertFalse(agent.hello().processes().getFirst().alive());
      process = agent.attach(handle, false, out.size(), err.size(), LONG);
      assertEquals(new Exit(21), process.awaitExit());
      assertEquals(-1, process.stdout().read());
      process.release();
      agent.shutDown(LONG);
    } finally {
      agent.close();
    }
    assertEquals(numbers(1, 100_000), out.toString(UTF_8));
    assertEquals(numbers(200_000, 300_000), err.toString(UTF_8));
  }

  private static String numbers(int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append(i).append('\n');
    }
    return text.toString();
  }

  @Test
  void filesAreUnpackedAsTheyWereSent() throws Exception {
    byte[] content = new byte[300_000];
    new Random(9).nextBytes(content);
    Instant time = Instant.ofEpochSecond(1_000_000_000, 123_456_789);
    byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Attributes special =
        new Attributes(04750, 1000, 2000, time, Map.of("security.capability", capability));
    Attributes plain = new Attributes(0640, 7, 8, time, Map.of());
    try (AgentConnection agent = setUp()) {
      GuestProcessHandle process = agent.unpack("/srv", true, LONG);
      UnpackStream stream = new UnpackStream(process.stdin());
      stream.directory("d".getBytes(UTF_8), plain);
      stream.file(
          "d/f".getBytes(UTF_8), special, new ByteArrayInputStream(content), content.length);
      stream.symbolicLink("d/l".getBytes(UTF_8), plain, "/no/where".getBytes(UTF_8));
      stream.hardLink("d/h".getBytes(UTF_8), "d/f".getBytes(UTF_8));
      stream.characterDevice("d/c".getBytes(UTF_8), plain, 10, 300);
      stream.fifo("d/p".getBytes(UTF_8), plain);
      stream.finish();
      assertEquals("", new String(process.stderr().readAllBytes(), UTF_8));
      assertEquals(new Exit(0), process.awaitExit());

      GuestProcessHandle refused = agent.unpack("/srv", true, LONG);
      UnpackStream conflict = new UnpackStream(refused.stdin());
      conflict.fifo("d".getBytes(UTF_8), plain);
      conflict.finish();
      assertTrue(
          new String(refused.stderr().readAllBytes(), UTF_8)
              .matches("unpack: d: cannot overwrite directory with non-directory.*\n"));
      assertEquals(new Exit(1), refused.awaitExit());
      for (Map.Entry<String, Kind> wrong :
          Map.of("/no", Kind.NOT_FOUND, "/bin/sh", Kind.INVALID, "srv", Kind.INVALID).entrySet()) {
        EngineException e =
            assertThrows(EngineException.class, () -> agent.unpack(wrong.getKey(), false, LONG));
        assertEquals(wrong.getValue(), e.kind(), e::getMessage);
      }
      agent.shutDown(LONG);
    }
    assertTrue(machine.awaitEnd(LONG).orElseThrow().clean());
    try (Ext4Reader reader = Ext4Reader.open(upper)) {
      ImagePath file = ImagePath.of("upper/srv/d/f");
      var stat = reader.stat(file).orElseThrow();
      assertEquals(04750, stat.attributes().permissions());
      assertEquals(1000, stat.attributes().uid());
      assertEquals(2000, stat.attributes().gid());
      assertEquals(time, stat.attributes().modified());
      assertEquals(2, stat.links());
      assertArrayEquals(capability, stat.attributes().xattrs().get("security.capability"));
      try (InputStream read = reader.read(file)) {
        assertArrayEquals(content, read.readAllBytes());
      }
      assertEquals(
          time, reader.stat(ImagePath.of("upper/srv/d")).orElseThrow().attributes().modified());
      var device = reader.stat(ImagePath.of("upper/srv/d/c")).orElseThrow();
      assertEquals(List.of(10, 300), List.of(device.major(), device.minor()));
      assertEquals(
          "/no/where",
          new String(reader.stat(ImagePath.of("upper/srv/d/l")).orElseThrow().linkTarget(), UTF_8));
    }
  }

  @Test
  void aRunningContainersDiskCanBeReadWhileItStandsStill() throws Exception {
    try (AgentConnection agent = setUp()) {
      agent.spawn(shell(true, "while :; do sleep 1; done"), LONG);
      agent.limits(OptionalInt.of(500), OptionalLong.of(100L << 20), LONG);
      assertEquals(100L << 20, agent.stats(LONG).memoryLimitBytes());
      GuestProcessHandle writer =
          agent.spawn(shell(false, "seq 1 50000 > /counted"), LONG).process();
      assertEquals(new Exit(0), writer.awaitExit());
      agent.freeze(true, LONG);
      assertEquals(
          Kind.CONFLICT,
          assertThrows(EngineException.class, () -> agent.spawn(shell(false, "true"), LONG))
              .kind());
      agent.freezeDisk(true, LONG);
      assertEquals(
          Kind.CONFLICT,
          assertThrows(EngineException.class, () -> agent.freezeDisk(true, LONG)).kind());
      try (Ext4Reader reader = Ext4Reader.open(upper);
          InputStream read = reader.read(ImagePath.of("upper/counted"))) {
        assertEquals(numbers(1, 50_000), new String(read.readAllBytes(), UTF_8));
        assertTrue(reader.stat(UPPER).isPresent());
      }
      agent.freezeDisk(false, LONG);
      agent.freeze(false, LONG);
      GuestProcessHandle after = agent.spawn(shell(false, "echo x > /after"), LONG).process();
      assertEquals(new Exit(0), after.awaitExit());
      agent.shutDown(LONG);
    }
  }
}
