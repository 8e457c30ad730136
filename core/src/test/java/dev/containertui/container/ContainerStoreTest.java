package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.OwnerLock;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PortSpec;
import dev.containertui.network.PublishedPort;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Platform;
import dev.containertui.vm.BootTimeline;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  private static final long HOST = 16L << 30;

  private static final List<RunFacts> FACTS =
      List.of(
          RunFacts.none(false),
          new RunFacts(
              true,
              Optional.of(NOW),
              Optional.of(NOW.plusSeconds(1)),
              3,
              true,
              OptionalInt.of(0),
              Optional.of(
                  new Health(
                      Health.Status.UNHEALTHY,
                      7,
                      List.of(
                          new Health.Check(NOW, NOW, -1, "too long"),
                          new Health.Check(NOW, NOW, 2, "ü")))),
              4,
              Optional.of(new ContainerState.Restarting(NOW, 1))));

  @TempDir Path directory;

  private static ContainerRecord record(String id, ContainerSpec spec, ContainerState state) {
    return new ContainerRecord(
        id,
        "calm-otter",
        spec,
        "busybox",
        "sha256:" + "0".repeat(64),
        List.of("sh", "-c", "a b"),
        NOW,
        state,
        Optional.empty(),
        BootTimeline.empty(),
        RunFacts.none(false));
  }

  @Test
  void everythingOfARecordSurvivesTheDisk() {
    ContainerSpec spec =
        ContainerSpec.of("busybox")
            .name("calm-otter")
            .entrypoint(List.of())
            .arguments("a", "b\nc", "ü")
            .environment(Map.of("A", "x=y"))
            .workingDirectory("/w")
            .user("1:2")
            .hostname("h")
            .terminal(new TerminalSize(80, 24))
            .openStdin(true)
            .cpus(0.5)
            .memoryBytes(1L << 40)
            .readOnlyRoot(true)
            .removeOnExit(true)
            .platform(new Platform("linux", "arm", Optional.of("v7")))
            .kernel(Path.of("/k"))
            .labels(Map.of("l", "m"))
            .build();
    MachineMemory memory = MachineMemory.of(OptionalLong.of(300 << 20), 1L << 34);
    for (ContainerState state :
        List.of(
            new ContainerState.Created(NOW),
            new ContainerState.Starting(NOW),
            new ContainerState.Running(NOW, 77),
            new ContainerState.Paused(NOW, 78),
            new ContainerState.Restarting(NOW, -1),
            new ContainerState.Stopping(NOW),
            new ContainerState.Exited(NOW, 42),
            new ContainerState.Failed(NOW, "why"))) {
      ContainerRecord record =
          record("a".repeat(64), spec, state)
              .with(
                  new ContainerRecord.Machine(
                      77,
                      "qemu",
                      "tcg",
                      "6.1",
                      2,
                      memory,
                      Optional.of("10.0.2.15"),
                      Optional.empty(),
                      List.of(new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80")))),
                  new BootTimeline(
                      "clone of template 0123456789abcdef",
                      List.of(new BootTimeline.Mark("vmm", Duration.ofMillis(5)))));
      for (RunFacts facts : FACTS) {
        byte[] json = JsonObject.write(RecordJson.write(record.with(facts)));
        assertEquals(record.with(facts), RecordJson.read(json, "test"));
      }
    }
    ContainerSpec least = ContainerSpec.of("i").build();
    ContainerRecord record = record("a".repeat(64), least, new ContainerState.Created(NOW));
    assertEquals(record, RecordJson.read(JsonObject.write(RecordJson.write(record)), "test"));
  }

  @Test
  void recordsOfBeforeThereWereMemoryClassesAreRead() {
    ContainerRecord record =
        record("a".repeat(64), ContainerSpec.of("i").build(), new ContainerState.Created(NOW))
            .with(
                new ContainerRecord.Machine(
                    77,
                    "qemu",
                    "tcg",
                    "6.1",
                    1,
                    new MachineMemory(OptionalLong.empty(), 0, 1 << 28, 1 << 28),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()),
                BootTimeline.empty());
    ObjectNode json = RecordJson.write(record);
    ObjectNode machine = (ObjectNode) json.get("machine");
    machine.remove("memory");
    machine.put("memoryBytes", 1 << 28);
    assertEquals(record, RecordJson.read(JsonObject.write(json), "test"));
  }

  @Test
  void whatIsNoContainerIsNotListed() throws Exception {
    ContainerStore store = new ContainerStore(directory.resolve("containers"));
    assertEquals(List.of(), store.list());
    ContainerRecord made =
        store.create(
            fresh ->
                record(fresh.id(), ContainerSpec.of("i").build(), new ContainerState.Created(NOW)));
    Files.createDirectory(store.directoryOf("b".repeat(64)));
    Files.createDirectory(directory.resolve("containers/.removed-x"));
    assertEquals(List.of(made), store.list());
    store.remove(made.id());
    assertEquals(List.of(), store.list());
    assertFalse(Files.exists(store.directoryOf(made.id())));
    store.sweep();
    assertFalse(Files.exists(directory.resolve("containers/.removed-x")));
  }

  @Test
  void aDamagedRecordHidesNoOthersAndAChangedOneIsReadAgain() throws Exception {
    ContainerStore store = new ContainerStore(directory);
    ContainerRecord made = create(store);
    ContainerRecord damaged = create(store);
    assertEquals(2, store.list().size());
    Files.writeString(store.directoryOf(damaged.id()).resolve("container.json"), "{");
    assertEquals(List.of(made), store.list());
    assertEquals(
        List.of(store.directoryOf(damaged.id()).resolve("container.json")), store.damaged());
    ContainerRecord renamed = made.named("other");
    store.rename(made.id(), "other", () -> store.save(renamed));
    assertEquals(List.of(renamed), store.list());
  }

  private static ContainerRecord create(ContainerStore store) {
    return store.create(
        fresh ->
            record(fresh.id(), ContainerSpec.of("i").build(), new ContainerState.Created(NOW)));
  }

  @Test
  void aNameBelongsToOneContainer() {
    ContainerStore store = new ContainerStore(directory);
    ContainerRecord first = create(store);
    ContainerRecord second = create(store);
    store.rename(second.id(), "second", () -> store.save(second.named("second")));
    EngineException e =
        assertThrows(EngineException.class, () -> store.rename(first.id(), "second", () -> {}));
    assertEquals(Kind.CONFLICT, e.kind());
    store.rename(second.id(), "second", () -> {});
  }

  @Test
  void aDamagedRecordIsNamed() throws Exception {
    ContainerStore store = new ContainerStore(directory);
    ContainerRecord made =
        store.create(
            fresh ->
                record(fresh.id(), ContainerSpec.of("i").build(), new ContainerState.Created(NOW)));
    Path file = store.directoryOf(made.id()).resolve("container.json");
    for (String content :
        List.of("", "{", "[]", "{\"version\":2}", Files.readString(file).replace("Z", "?"))) {
      Files.writeString(file, content);
      EngineException e = assertThrows(EngineException.class, () -> store.load(made.id()));
      assertEquals(Kind.CORRUPT, e.kind());
      assertTrue(e.getMessage().contains("container.json"), e.getMessage());
    }
  }

  @Test
  void valuesOutOfRangeAreDamageAndHideNoOthers() throws Exception {
    ContainerStore store = new ContainerStore(directory);
    ContainerRecord other = create(store);
    ContainerRecord made = create(store).with(machine(), timeline());
    ContainerSpec spec =
        made.spec()
            .withMounts(List.of(MountText.volume("data:/data")))
            .with(
                new PortSpec(
                    List.of(PortRequest.anyFor(ContainerPort.parse("80"))), true, List.of()));
    store.save(made.with(spec));
    Path file = store.directoryOf(made.id()).resolve("container.json");
    String whole = Files.readString(file);
    assertEquals(2, new ContainerStore(directory).list().size());
    for (String[] change :
        List.of(
            new String[] {"\"restartPolicy\":\"no\"", "\"restartPolicy\":\"perhaps\""},
            new String[] {"\"vcpus\":2", "\"vcpus\":99999999999"},
            new String[] {"\"atMicros\":5000", "\"atMicros\":9223372036854775807"},
            new String[] {"\"maxSegments\":", "\"maxSegments\":-"},
            new String[] {"\"hostPort\":8080", "\"hostPort\":65536"},
            new String[] {"\"hostPort\":8080", "\"hostPort\":0"},
            new String[] {"\"address\":\"0.0.0.0\"", "\"address\":\"\\u001b[2J\""},
            new String[] {"\"port\":\"80/tcp\"", "\"port\":\"80/x\""},
            new String[] {"\"target\":\"/data\"", "\"target\":\"/../data\""},
            new String[] {"\"target\":\"/data\"", "\"target\":\"/a\\u0000b\""},
            new String[] {"\"name\":\"calm-otter\"", "\"name\":\"a\\u001b[2J\""},
            new String[] {"\"id\":\"" + made.id(), "\"id\":\"../../elsewhere"},
            new String[] {"\"id\":\"" + made.id(), "\"id\":\"" + other.id()})) {
      assertTrue(whole.contains(change[0]), whole);
      Files.writeString(file, whole.replace(change[0], change[1]));
      EngineException e =
          assertThrows(EngineException.class, () -> store.load(made.id()), change[1]);
      assertEquals(Kind.CORRUPT, e.kind(), change[1]);
      assertEquals(List.of(other), new ContainerStore(directory).list());
    }
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals(List.of(other), new ContainerStore(directory).list());
    Files.writeString(store.directoryOf("c".repeat(64)), "a file");
    assertEquals(List.of(other), new ContainerStore(directory).list());
  }

  private static ContainerRecord.Machine machine() {
    return new ContainerRecord.Machine(
        77,
        "qemu",
        "tcg",
        "6.1",
        2,
        MachineMemory.of(OptionalLong.empty(), 1L << 34),
        Optional.empty(),
        Optional.empty(),
        List.of(new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80"))));
  }

  private static BootTimeline timeline() {
    return new BootTimeline("boot", List.of(new BootTimeline.Mark("vmm", Duration.ofMillis(5))));
  }

  @Test
  void aDescriptionThatCouldNotBeReadAgainIsRefused() {
    ContainerStore store = new ContainerStore(directory);
    ContainerSpec spec =
        ContainerSpec.of("i").labels(Map.of("long", "x".repeat(600 << 10))).build();
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> store.create(fresh -> record(fresh.id(), spec, new ContainerState.Created(NOW))));
    assertEquals(Kind.INVALID, e.kind());
    assertEquals(Set.of(), store.ids());
  }

  @Test
  void anOwnersLockExcludesOthersUntilItIsGivenUp() {
    Path file = directory.resolve("owner.lock");
    OwnerLock lock = OwnerLock.tryTake(file).orElseThrow();
    assertTrue(OwnerLock.tryTake(file).isEmpty());
    assertTrue(OwnerLock.tryTake(file).isEmpty(), "asking does not give it up");
    lock.close();
    OwnerLock.tryTake(file).orElseThrow().close();
  }

  @Test
  void anotherProcessesLockIsSeen() throws Exception {
    Path file = Files.createFile(directory.resolve("owner.lock"));
    Process other =
        new ProcessBuilder(
                "python3",
                "-c",
                "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f, fcntl.LOCK_EX);"
                    + " print('held', flush=True); sys.stdin.read()",
                file.toString())
            .start();
    try {
      assertEquals("held", other.inputReader().readLine());
      assertTrue(OwnerLock.tryTake(file).isEmpty());
      other.destroyForcibly().waitFor();
      OwnerLock.tryTake(file).orElseThrow().close();
    } finally {
      other.destroyForcibly();
    }
  }

  /**
   * Somebody who is about to take it when it is given up must not end up with a lock of his own.
   */
  @Test
  void whoOpenedTheFileBeforeItWasGivenUpLocksTheSameOne() throws Exception {
    Path file = directory.resolve("owner.lock");
    OwnerLock first = OwnerLock.tryTake(file).orElseThrow();
    Process other =
        new ProcessBuilder(
                "python3",
                "-c",
                "import fcntl,sys; f=open(sys.argv[1],'a'); print('opened', flush=True);"
                    + " sys.stdin.readline(); fcntl.lockf(f, fcntl.LOCK_EX);"
                    + " print('held', flush=True); sys.stdin.read()",
                file.toString())
            .start();
    try {
      assertEquals("opened", other.inputReader().readLine());
      first.close();
      other.outputWriter().append('\n').flush();
      assertEquals("held", other.inputReader().readLine());
      assertTrue(OwnerLock.tryTake(file).isEmpty());
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void namesAreCheckedAndInventedUntilOneIsFree() {
    assertEquals("a.b-c_d", ContainerNames.checked("a.b-c_d"));
    for (String bad : List.of("", "a", "-ab", "a b", "a/b", "ü1", "a".repeat(129))) {
      assertThrows(EngineException.class, () -> ContainerNames.checked(bad));
    }
    String name =
        ContainerNames.invent(new Random(1), n -> n.chars().filter(c -> c == '-').count() < 2);
    assertTrue(name.matches("[a-z]+-[a-z]+-\\d+"), name);
  }

  @Test
  void signalsHaveNamesAndNumbers() {
    assertEquals(15, LinuxSignal.number("TERM"));
    assertEquals(3, LinuxSignal.number("sigquit"));
    assertEquals(9, LinuxSignal.number("9"));
    assertEquals(37, LinuxSignal.number("SIGRTMIN+3"));
    assertEquals(64, LinuxSignal.number("SIGRTMAX"));
    assertEquals(62, LinuxSignal.number("RTMAX-2"));
    for (String bad : List.of("", "0", "65", "SIGNOPE", "-1", "SIG")) {
      assertThrows(EngineException.class, () -> LinuxSignal.number(bad), bad);
    }
  }

  @Test
  void machinesAreSizedByWhatWasAsked() {
    MachineSize size =
        MachineSize.of(ContainerSpec.of("i").cpus(1.5).memoryBytes(256L << 20).build(), 2, HOST);
    assertEquals(2, size.vcpus());
    assertEquals(1500, size.cpuQuotaMillis().orElseThrow());
    assertEquals(384L << 20, size.memory().machineBytes());
    assertTrue(
        MachineSize.of(ContainerSpec.of("i").cpus(2).build(), 2, HOST).cpuQuotaMillis().isEmpty());
    for (ContainerSpec.Builder bad :
        List.of(
            ContainerSpec.of("i").cpus(0),
            ContainerSpec.of("i").cpus(3),
            ContainerSpec.of("i").cpus(Double.NaN),
            ContainerSpec.of("i").memoryBytes((6 << 20) - 1))) {
      EngineException e =
          assertThrows(EngineException.class, () -> MachineSize.of(bad.build(), 2, HOST));
      assertEquals(Kind.INVALID, e.kind());
    }
  }
}
