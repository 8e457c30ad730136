package dev.containertui.engine;

import static dev.containertui.engine.Observed.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which a container's life ends, and that none of them leaves anything behind. */
@Timeout(180)
class ContainerEndIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static String image;

  @BeforeAll
  static void open() throws Exception {
    config = TestEngine.prepare(home);
    engine = LocalEngine.open(config);
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    Leftovers.assertNone(config);
    engine.containers().list(true).forEach(container -> container.remove(true));
  }

  private static Container create(String... command) {
    return engine.containers().create(ContainerSpec.of(image).arguments(command).build());
  }

  @Test
  void stopKillsWhatIgnoresItsSignal() throws Exception {
    Container container =
        create(
            "sh", "-c", "trap '' TERM; echo ready > /file; echo ready; while :; do sleep 1; done");
    ContainerProcess process = container.start();
    assertEquals('r', process.getInputStream().read());
    container.stop(Duration.ofMillis(300));
    assertEquals(137, process.waitFor());
    assertEquals(137, assertInstanceOf(Exited.class, container.state()).exitCode());
    Leftovers.assertDisksClean(config, 2);
  }

  @Test
  void stopEndsWhatNobodyReads() throws Exception {
    Container container = create("yes");
    ContainerProcess process = container.start();
    container.stop(Duration.ofMillis(300));
    assertInstanceOf(Exited.class, container.state());
    assertFalse(process.isAlive());
  }

  @Test
  void aMachineThatIsKilledIsAFailureThatEverybodyHears() throws Exception {
    Container container = create("sleep", "1000");
    ContainerProcess process = container.start();
    CompletableFuture<Process> exit = process.onExit();
    long pid = assertInstanceOf(Running.class, container.state()).machinePid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    EngineException e = assertThrows(EngineException.class, process::waitFor);
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains(container.name()), e::getMessage);
    assertTrue(e.getMessage().contains("killed"), e::getMessage);
    assertInstanceOf(Failed.class, container.awaitEnd());
    assertThrows(java.io.IOException.class, () -> process.getInputStream().read());
    assertThrows(ExecutionException.class, () -> exit.get(30, TimeUnit.SECONDS));
  }

  @Test
  void aCommandThatDoesNotExistFailsTheStart() throws Exception {
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    try (Engine.Subscription _ =
        engine.onEvent(
            event -> {
              if (event instanceof EngineEvent.ContainerChanged changed) {
                events.add(changed.action());
              }
            })) {
      Container container =
          engine
              .containers()
              .create(ContainerSpec.of(image).removeOnExit(true).arguments("/no/such").build());
      EngineException e = assertThrows(EngineException.class, container::start);
      assertEquals(Kind.COMMAND_NOT_FOUND, e.kind());
      assertTrue(e.getMessage().contains("/no/such"), e::getMessage);
      assertInstanceOf(Failed.class, container.state());
      assertEquals(List.of(), engine.containers().list(true));
      // They come on a thread of their own, and none after the end of the subscription.
      eventually("events: " + events, LIMIT, () -> events.contains("destroy"));
    }
    assertEquals(List.of("create", "die", "destroy"), List.copyOf(events));
  }

  /** A clone may be up before it is interrupted. */
  @Test
  void aStartThatIsInterruptedLeavesNothing() throws Exception {
    for (int millis : new int[] {1, 30, 100, 1000}) {
      Container container = create("sleep", "1000");
      CompletableFuture<Optional<EngineException>> result = new CompletableFuture<>();
      Thread starter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      container.start();
                      result.complete(Optional.empty());
                    } catch (EngineException e) {
                      result.complete(Optional.of(e));
                    }
                  });
      Thread.sleep(millis);
      starter.interrupt();
      Optional<EngineException> e = result.get(60, TimeUnit.SECONDS);
      if (e.isPresent()) {
        assertEquals(Kind.CANCELLED, e.get().kind(), () -> e.get().getMessage());
        assertInstanceOf(Failed.class, container.state());
      } else {
        assertInstanceOf(Running.class, container.state());
        container.kill(9);
        container.awaitEnd();
      }
      Leftovers.assertNone(config);
    }
  }

  @Test
  void closingTheEngineEndsItsContainers() throws Exception {
    Container container;
    try (LocalEngine closing = LocalEngine.open(config)) {
      container =
          closing
              .containers()
              .create(ContainerSpec.of(image).removeOnExit(true).arguments("sleep", "9").build());
      container.start();
    }
    assertInstanceOf(Exited.class, container.state());
    assertEquals(List.of(), engine.containers().list(true));
  }

  @Test
  void aKilledProgramsContainersAreEndedAndShownAsFailed() throws Exception {
    Process program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ContainerEndIT.class.getName(),
                home.toString(),
                image)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String id = program.inputReader().readLine();
    // A start is answered before that is written.
    eventually(
        "it runs, to others too",
        LIMIT,
        () -> engine.containers().find(id).orElseThrow().state() instanceof Running);
    program.destroyForcibly().waitFor();
    eventually("the lease ends the machine", LIMIT, () -> !machineRuns(id));
    ContainerState state = engine.containers().find(id).orElseThrow().state();
    assertInstanceOf(Failed.class, state);
    assertFalse(Files.exists(config.directories().runtime().resolve(id.substring(0, 12))));
    Leftovers.assertDisksClean(config, 2);
  }

  private static boolean machineRuns(String id) {
    return ProcessHandle.allProcesses()
        .anyMatch(
            process -> {
              try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains("/" + id.substring(0, 12) + "/");
              } catch (java.io.IOException gone) {
                return false;
              }
            });
  }

  /** The program that is going to be killed: runs a container, says its id, and waits. */
  public static void main(String[] arguments) throws Exception {
    LocalEngine engine = LocalEngine.open(TestEngine.config(Path.of(arguments[0])));
    Container container =
        engine
            .containers()
            .create(ContainerSpec.of(arguments[1]).arguments("sleep", "1000").build());
    container.start();
    System.out.println(container.id());
    container.awaitEnd();
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    EngineException noImage =
        assertThrows(
            EngineException.class,
            () -> engine.containers().create(ContainerSpec.of("no/such").build()));
    assertEquals(Kind.NOT_FOUND, noImage.kind());
    assertEquals("container-tui pull no/such", noImage.hint());
    Path kernels = config.directories().kernels();
    Path target = Files.readSymbolicLink(kernels);
    Files.delete(kernels);
    try {
      Container container = create("true");
      EngineException noKernel = assertThrows(EngineException.class, container::start);
      assertEquals(Kind.NOT_FOUND, noKernel.kind());
      assertEquals("container-tui kernel install", noKernel.hint());
    } finally {
      Files.createSymbolicLink(kernels, target);
    }
  }
}
