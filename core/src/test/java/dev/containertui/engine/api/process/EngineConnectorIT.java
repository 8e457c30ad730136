package dev.containertui.engine.api.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.StateDirectories;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real engine processes: how they come, how they go, and that there is one at a time. */
@Timeout(180)
class EngineConnectorIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path home;
  private final List<String> notices = new ArrayList<>();

  private EngineFiles files() {
    return new EngineFiles(StateDirectories.below(home));
  }

  private EngineConnector connector() throws IOException {
    return new EngineConnector(EngineConfig.below(home), notices::add);
  }

  private void idleSeconds(int seconds) throws IOException {
    Path directory = Files.createDirectories(files().directories().config());
    Files.writeString(directory.resolve("config.json"), "{\"engineIdleSeconds\": " + seconds + "}");
  }

  private List<ProcessHandle> engines() {
    return HostProcesses.mentioning(files().directories().runtime().toString())
        .filter(found -> HostProcesses.commandLine(found).contains(EngineMain.class.getName()))
        .toList();
  }

  /** An engine that has nothing to do goes at any time; one with a connection stays. */
  private SocketChannel connected(EngineConnector connector) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      connector.ensureRunning();
      SocketChannel channel = null;
      try {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(files().socket()));
        // Not one that was about to go, and did not take the connection.
        if (EngineConnector.listens(files().socket()) && engines().size() == 1) {
          return channel;
        }
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      if (channel != null) {
        channel.close();
      }
      Thread.sleep(20);
    }
  }

  private long pidOfOneWithAConnection() throws Exception {
    try (var _ = connected(connector())) {
      return engines().getFirst().pid();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertTrue(condition.getAsBoolean());
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (ProcessHandle engine : engines()) {
      engine.destroy();
      engine.onExit().join();
    }
    assertFalse(Files.exists(files().socket()));
  }

  @Test
  void nobodyStartsOneBeforeSomethingIsAsked() throws Exception {
    try (Engine engine = connector().connect()) {
      assertEquals(List.of(), engines());
      assertEquals(List.of(), engine.kernels().list());
      assertEquals(List.of(), engines());
      assertEquals(List.of(), engine.containers().list(true));
      assertEquals(1, engines().size());
    }
    assertEquals(List.of(), notices);
  }

  @Test
  void tenProgramsAtOnceStartOne() throws Exception {
    List<Process> programs = new ArrayList<>();
    List<BufferedReader> said = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Process program = FrontEndProgram.launch(home);
        programs.add(program);
        said.add(new BufferedReader(new InputStreamReader(program.getInputStream())));
      }
      for (BufferedReader reader : said) {
        assertEquals("ready", reader.readLine());
      }
      for (Process program : programs) {
        program.getOutputStream().write('\n');
        program.getOutputStream().flush();
      }
      for (BufferedReader reader : said) {
        assertEquals("0 containers", reader.readLine());
      }
      for (Process program : programs) {
        assertEquals(0, program.waitFor());
      }
      assertEquals(1, engines().size());
      assertEquals(
          1, Files.readAllLines(files().log()).stream().filter(l -> l.contains("ready")).count());
    } finally {
      programs.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void tenThreadsAtOnceStartOne() throws Exception {
    EngineConnector connector = connector();
    List<Boolean> started = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      threads.add(Thread.ofVirtual().start(() -> started.add(connector.ensureRunning())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(10, started.size());
    assertEquals(1, started.stream().filter(Boolean::booleanValue).count());
    assertEquals(1, engines().size());
  }

  @Test
  void itIsAProcessOfItsOwnWithNothingOfTheStartersTerminal() throws Exception {
    connector().ensureRunning();
    ProcessHandle engine = engines().getFirst();
    assertEquals(Optional.of(engine), files().process());
    Path proc = Path.of("/proc/" + engine.pid());
    assertEquals("/", Files.readSymbolicLink(proc.resolve("cwd")).toString());
    assertEquals("/dev/null", Files.readSymbolicLink(proc.resolve("fd/0")).toString());
    assertEquals(
        files().log().toRealPath(), Files.readSymbolicLink(proc.resolve("fd/1")).toRealPath());
    String[] stat = Files.readString(proc.resolve("stat")).replaceAll(".*\\) ", "").split(" ");
    assertEquals(engine.pid(), Long.parseLong(stat[3]), "the leader of a session");
  }

  @Test
  void anIdleEngineGoesAwayAndComesBack() throws Exception {
    idleSeconds(1);
    try (Engine engine = connector().connect()) {
      engine.containers().list(true);
      long first = pidOfOneWithAConnection();
      await(() -> engines().isEmpty());
      assertFalse(Files.exists(files().socket()));
      assertEquals(Optional.empty(), files().process());
      engine.containers().list(true);
      assertNotEquals(first, pidOfOneWithAConnection());
    }
    await(() -> engines().isEmpty());
  }

  @Test
  void aClientThatIsConnectedKeepsIt() throws Exception {
    idleSeconds(1);
    try (var client = connected(connector())) {
      ProcessHandle engine = engines().getFirst();
      Thread.sleep(4000);
      assertTrue(engine.isAlive());
      assertTrue(EngineConnector.listens(files().socket()));
      assertTrue(client.isConnected());
    }
    await(() -> engines().isEmpty());
  }

  @Test
  void aKilledOneIsReplaced() throws Exception {
    try (Engine engine = connector().connect()) {
      engine.containers().list(true);
      ProcessHandle first = engines().getFirst();
      HostProcesses.kill(first);
      assertTrue(Files.exists(files().socket()), "nobody has cleaned up");
      assertEquals(Optional.empty(), files().process());
      assertEquals(List.of(), engine.containers().list(true));
      assertEquals(1, engines().size());
      assertNotEquals(first.pid(), engines().getFirst().pid());
    }
  }

  @Test
  void aSignalEndsItInOrder() throws Exception {
    connector().ensureRunning();
    ProcessHandle engine = engines().getFirst();
    engine.destroy();
    engine.onExit().join();
    assertFalse(Files.exists(files().socket()));
    List<String> log = Files.readAllLines(files().log());
    assertTrue(log.getLast().contains("ends, told by a signal"), log::toString);
  }

  @Test
  void aSecondOneIsRefused() throws Exception {
    connector().ensureRunning();
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> EngineProcess.open(EngineConfig.below(home), Optional.empty()));
    assertEquals(Kind.CONFLICT, e.kind());
    assertTrue(e.getMessage().contains("process " + engines().getFirst().pid()), e::getMessage);
    assertTrue(EngineConnector.listens(files().socket()));
  }

  @Test
  void whyItDoesNotStartIsSaid() throws Exception {
    EngineConnector connector = connector();
    idleSeconds(-1);
    EngineException e = assertThrows(EngineException.class, connector::ensureRunning);
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("engineIdleSeconds is not 1 to"), e::getMessage);
    assertTrue(e.hint().contains(files().log().toString()), e::hint);
  }
}
