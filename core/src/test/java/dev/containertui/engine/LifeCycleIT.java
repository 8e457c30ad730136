package dev.containertui.engine;

import static dev.containertui.engine.Observed.PATIENCE;
import static dev.containertui.engine.Observed.eventually;
import static dev.containertui.engine.Observed.isSilent;
import static dev.containertui.engine.Observed.log;
import static dev.containertui.engine.Observed.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.Health;
import dev.containertui.container.HealthCheck;
import dev.containertui.container.ProcessSpec;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.container.RestartPolicy;
import dev.containertui.container.WaitCondition;
import dev.containertui.container.Waiting;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All that can become of a container between its first start and its removal. */
@Timeout(300)
class LifeCycleIT {

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static String image;

  private final ConcurrentLinkedQueue<ContainerChanged> heard = new ConcurrentLinkedQueue<>();
  private Engine.Subscription subscription;

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

  @BeforeEach
  void listen() {
    subscription =
        engine.onEvent(
            event -> {
              if (event instanceof ContainerChanged changed) {
                heard.add(changed);
              }
            });
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    subscription.close();
    engine.containers().list(true).forEach(container -> container.remove(true));
    Leftovers.assertNone(config);
  }

  private static ContainerSpec.Builder sh(String script) {
    return ContainerSpec.of(image).arguments("sh", "-c", script);
  }

  private static Container create(ContainerSpec.Builder spec) {
    return engine.containers().create(spec.build());
  }

  /** The actions of a container, once there are so many. */
  private List<String> actions(Container container, int count) throws Exception {
    eventually("events: " + heard, () -> actionsOf(container).size() >= count);
    return actionsOf(container);
  }

  private List<String> actionsOf(Container container) {
    return heard.stream()
        .filter(event -> event.containerId().equals(container.id()))
        .map(ContainerChanged::action)
        .toList();
  }

  @Test
  void startsAgainWithTheSameDisk() throws Exception {
    Container container = create(sh("echo run >> /runs; cat /runs; exit $(wc -l < /runs)"));
    for (int run = 1; run <= 2; run++) {
      ContainerProcess process = container.start();
      assertEquals("run\n".repeat(run), new String(process.getInputStream().readAllBytes()));
      assertEquals(run, process.waitFor());
      assertEquals(run, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
      assertTrue(container.finishedAt().orElseThrow().isAfter(container.startedAt().orElseThrow()));
    }
    assertEquals("run\nrun\nrun\n", log(container));
    assertEquals(
        List.of("create", "start", "die", "start", "die"), actions(container, 5), heard::toString);
    assertEquals(
        List.of("1", "2"),
        heard.stream()
            .filter(event -> event.action().equals("die"))
            .map(event -> event.attributes().get("exitCode"))
            .toList());
    Leftovers.assertDisksClean(config, 2);
  }

  @Test
  void stopAndRestartAreToldInDockersOrder() throws Exception {
    Container container =
        create(
            sh("trap 'exit 3' TERM; echo $(wc -l < /dev/null) up; while :; do sleep 0.1; done")
                .labels(Map.of("colour", "red"))
                .stopTimeout(PATIENCE));
    container.start();
    eventually("is up", () -> log(container).contains("up"));
    container.restart(Optional.empty());
    assertInstanceOf(Running.class, container.state());
    eventually("is up again", () -> log(container).split("up").length == 3);
    container.stop(Duration.ofSeconds(60));
    assertEquals(3, assertInstanceOf(Exited.class, container.state()).exitCode());
    container.remove(false);
    assertEquals(
        List.of(
            "create", "start", "kill", "die", "stop", "start", "restart", "kill", "die", "stop",
            "destroy"),
        actions(container, 11));
    ContainerChanged kill =
        heard.stream().filter(e -> e.action().equals("kill")).findFirst().orElseThrow();
    assertEquals("15", kill.attributes().get("signal"));
    assertEquals("red", kill.attributes().get("colour"));
    assertEquals(image, kill.attributes().get("image"));
  }

  @Test
  void aShellOnATerminalOutlivesWhoLetsGoOfIt() throws Exception {
    Container container =
        create(
            ContainerSpec.of(image)
                .arguments("sh")
                .openStdin(true)
                .stdinOnce(true)
                .terminal(new TerminalSize(80, 24)));
    container.start();
    try (Attachment attachment = container.attach(false)) {
      attachment.input().write("echo $((40 + 2))\n".getBytes(StandardCharsets.UTF_8));
      attachment.input().flush();
      eventually("has answered", () -> log(container).contains("42"));
    }
    try (Attachment again = container.attach(false)) {
      again.input().write("exit 7\n".getBytes(StandardCharsets.UTF_8));
      again.input().flush();
      assertEquals(7, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
    }
  }

  @Test
  void forcedRemovalIsToldInDockersOrder() throws Exception {
    Container container = create(sh("sleep 1000"));
    container.start();
    Waiting removal = container.watch(WaitCondition.REMOVED);
    container.remove(true);
    assertEquals(137, removal.await());
    assertEquals(List.of("create", "start", "kill", "die", "destroy"), actions(container, 5));
    assertEquals(Kind.NOT_FOUND, assertThrows(EngineException.class, container::start).kind());
  }

  @Test
  void aFailureIsTriedAgainAsOftenAsItsPolicyWants() throws Exception {
    // The fourth run goes on until it is stopped.
    Container container =
        create(
            sh("echo run >> /runs; [ $(wc -l < /runs) -lt 4 ] || sleep 1000; exit 7")
                .restartPolicy(new RestartPolicy.OnFailure(2)));
    container.start();
    assertEquals(7, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
    assertEquals(2, container.restartCount());
    assertEquals(
        List.of("create", "start", "die", "start", "die", "start", "die"), actions(container, 7));
    container.start();
    assertEquals(0, container.restartCount());
    container.stop(Duration.ZERO);
  }

  @Test
  void stopEndsTheWaitForARestart() throws Exception {
    Container container = create(sh("exit 5").restartPolicy(new RestartPolicy.Always()));
    container.start();
    // The waits get longer, so one is met: of 1.6 seconds.
    eventually("waits long", () -> container.restartCount() >= 4);
    eventually("waits", () -> container.state() instanceof Restarting);
    container.stop(Duration.ZERO);
    int count = container.restartCount();
    assertEquals(5, assertInstanceOf(Exited.class, container.state()).exitCode());
    Thread.sleep(2000);
    assertEquals(count, container.restartCount());
  }

  @Test
  void stopEndsWhatWouldRestart() throws Exception {
    Container container =
        create(sh("sleep 1000").restartPolicy(new RestartPolicy.UnlessStopped()).stopSignal("9"));
    container.start();
    container.stop(Duration.ofSeconds(60));
    assertEquals(137, assertInstanceOf(Exited.class, container.state()).exitCode());
    assertTrue(engine.containers().inspectJson(container.id()).contains("stoppedByUser\" : true"));
  }

  @Test
  void healthFollowsTheChecks() throws Exception {
    String check = "while ! test -e /asked; do sleep 0.1; done; echo checked; cat /well";
    Container container =
        create(
            sh("sleep 1000")
                .healthCheck(
                    new HealthCheck(
                        List.of("sh", "-c", check),
                        Duration.ofMillis(200),
                        PATIENCE,
                        Duration.ZERO,
                        Duration.ofMillis(200),
                        2)));
    container.start();
    // Until the first check comes to its end.
    assertEquals(Health.Status.STARTING, status(container));
    container.exec(ProcessSpec.of("touch", "/asked")).waitFor();
    eventually("gets unhealthy", () -> status(container) == Health.Status.UNHEALTHY);
    assertTrue(container.health().orElseThrow().failingStreak() >= 2);
    container.exec(ProcessSpec.of("touch", "/well")).waitFor();
    eventually("gets healthy", () -> status(container) == Health.Status.HEALTHY);
    Health.Check last = container.health().orElseThrow().log().getLast();
    assertEquals(0, last.exitCode());
    assertEquals("checked\n", last.output());
    eventually("keeps five", () -> container.health().orElseThrow().log().size() == 5);
    eventually("is told", () -> healthTold().size() >= 2);
    assertEquals(List.of("unhealthy", "healthy"), healthTold());
  }

  private List<String> healthTold() {
    return heard.stream()
        .filter(event -> event.action().equals("health_status"))
        .map(event -> event.attributes().get("health"))
        .toList();
  }

  private static Health.Status status(Container container) {
    return container.health().orElseThrow().status();
  }

  @Test
  void aCheckThatHangsIsKilledAndFails() throws Exception {
    Container container =
        create(
            sh("sleep 1000")
                .healthCheck(
                    new HealthCheck(
                        List.of("sleep", "77"),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ZERO,
                        Duration.ofMillis(100),
                        1)));
    container.start();
    eventually("gets unhealthy", () -> status(container) == Health.Status.UNHEALTHY);
    assertEquals(-1, container.health().orElseThrow().log().getFirst().exitCode());
    eventually(
        "at most the present check is there",
        () -> container.processes().stream().filter(p -> p.command().contains("77")).count() <= 1);
  }

  @Test
  void takesAnotherNameWhileItRuns() throws Exception {
    Container container = create(sh("sleep 1000").name("before"));
    create(sh("true").name("taken"));
    container.start();
    container.rename("after");
    assertEquals("after", container.name());
    assertEquals(container, engine.containers().find("after").orElseThrow());
    assertTrue(engine.containers().find("before").isEmpty());
    assertEquals(
        Kind.CONFLICT, assertThrows(EngineException.class, () -> container.rename("taken")).kind());
    assertEquals(
        Kind.INVALID, assertThrows(EngineException.class, () -> container.rename("-")).kind());
    try (LocalEngine other = LocalEngine.open(config)) {
      assertEquals(container.id(), other.containers().find("after").orElseThrow().id());
    }
    assertEquals(List.of("create", "start", "rename"), actions(container, 3));
    assertEquals(
        "before",
        heard.stream()
            .filter(event -> event.action().equals("rename"))
            .findFirst()
            .orElseThrow()
            .attributes()
            .get("oldName"));
  }

  @Test
  void anAttachmentFromBeforeTheStartGetsEverything() throws Exception {
    Container container =
        create(sh("read line; echo got $line; echo problem >&2; exit 4").openStdin(true));
    Waiting exit = container.watch(WaitCondition.NEXT_EXIT);
    try (Attachment attachment = container.attach(false)) {
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      attachment.input().write("word\n".getBytes(StandardCharsets.UTF_8));
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      container.start();
      assertEquals(
          List.of("got", "problem", "word"),
          List.of(text(attachment.output()).strip().split("\\s+")).stream().sorted().toList());
      writer.join();
    }
    assertEquals(4, exit.await());
  }

  @Test
  void whatIsRemovedAtItsEndIsReadToItsEnd() throws Exception {
    for (int i = 0; i < 3; i++) {
      Container container = create(sh("seq 1 20000").removeOnExit(true));
      ContainerProcess process = container.start();
      if (i == 0) {
        container.awaitEnd();
      }
      String output = new String(process.getInputStream().readAllBytes());
      assertEquals(20_000, output.lines().count());
      assertTrue(output.endsWith("\n20000\n"));
      container.awaitEnd();
      assertEquals(List.of(), engine.containers().list(true));
    }
  }

  @Test
  void aClientThatDoesNotReadDoesNotKeepItFromBeingStopped() throws Exception {
    Container container = create(sh("yes"));
    try (Attachment attachment = container.attach(false)) {
      container.start();
      assertTrue(attachment.output().next().isPresent());
      Thread.sleep(2000);
      container.stop(Duration.ofMillis(100));
      assertInstanceOf(Exited.class, container.state());
    }
  }

  @Test
  void aMachineThatIsStuckIsStoppedAllTheSame() throws Exception {
    Container container = create(sh("sleep 1000"));
    container.start();
    long machine = assertInstanceOf(Running.class, container.state()).machinePid();
    assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + machine).start().waitFor());
    container.stop(Duration.ofMillis(100));
    assertEquals(137, assertInstanceOf(Exited.class, container.state()).exitCode());
  }

  @Test
  void countsSideBySideAndPrunesWhatHasEnded() throws Exception {
    Container runs = create(sh("sleep 1000"));
    Container ended = create(sh("echo x > /x"));
    Container kept = create(sh("true").labels(Map.of("keep", "yes")));
    runs.start();
    ended.start();
    ended.awaitEnd();
    assertEquals(java.util.Set.of(runs.id()), engine.containers().stats().keySet());
    EngineInfo info = engine.info();
    assertEquals(3, info.containers());
    assertEquals(1, info.running());
    assertEquals(engine.info().id(), info.id());
    Pruned pruned = engine.containers().prune(c -> c.spec().labels().isEmpty());
    assertEquals(List.of(ended.id()), pruned.names());
    assertTrue(pruned.reclaimedBytes() > 0, pruned::toString);
    assertEquals(
        java.util.Set.of(runs.id(), kept.id()),
        engine.containers().list(true).stream()
            .map(Container::id)
            .collect(java.util.stream.Collectors.toSet()));
  }

  @Test
  void waitsAreOverAtTheRightTime() throws Exception {
    Container container = create(sh("exit 9"));
    assertEquals(-1, container.await(WaitCondition.NOT_RUNNING));
    Waiting next = container.watch(WaitCondition.NEXT_EXIT);
    Waiting removed = container.watch(WaitCondition.REMOVED);
    container.start();
    assertEquals(9, next.await());
    assertEquals(9, container.await(WaitCondition.NOT_RUNNING));
    container.remove(false);
    assertEquals(9, removed.await());
    assertInstanceOf(ContainerState.Exited.class, container.state());
  }

  private static int count(Container container) {
    return log(container).split("\n").length;
  }

  @Test
  void aPausedContainerStandsStillUntilItGoesOn() throws Exception {
    // Two processes at every moment.
    Container container = create(sh("sleep 1000 & while :; do echo tick; sleep 0.05; done"));
    container.start();
    eventually("ticks", () -> count(container) > 3);
    container.pause();
    assertInstanceOf(ContainerState.Paused.class, container.state());
    // What it had written before may be on its way yet.
    eventually("stands still", () -> isSilent(container));
    int still = count(container);
    for (Runnable wrong :
        List.<Runnable>of(container::pause, () -> container.exec(ProcessSpec.of("true")))) {
      assertEquals(Kind.CONFLICT, assertThrows(EngineException.class, wrong::run).kind());
    }
    assertTrue(container.stats().processCount() >= 2);
    container.unpause();
    assertInstanceOf(Running.class, container.state());
    eventually("ticks again", () -> count(container) > still + 3);
    assertEquals(Kind.CONFLICT, assertThrows(EngineException.class, container::unpause).kind());
    assertEquals(List.of("create", "start", "pause", "unpause"), actions(container, 4));
  }

  @Test
  void aPausedContainerCanBeStoppedAndKilled() throws Exception {
    Container container = create(sh("trap 'exit 8' TERM; echo up; while :; do sleep 0.1; done"));
    container.start();
    eventually("is up", () -> log(container).contains("up"));
    container.pause();
    container.stop(Duration.ofSeconds(60));
    assertEquals(8, assertInstanceOf(Exited.class, container.state()).exitCode());
    container.start();
    container.pause();
    container.kill(9);
    assertEquals(137, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
    assertEquals(
        List.of(
            "create", "start", "pause", "kill", "unpause", "die", "stop", "start", "pause", "kill",
            "die"),
        actions(container, 11));
  }

  @Test
  void limitsChangeWhileItRuns() throws Exception {
    Container container = create(sh("sleep 1000").memoryBytes(64L << 20));
    container.start();
    container.update(
        new ResourceUpdate(OptionalDouble.of(0.5), OptionalLong.of(32L << 20), Optional.empty()));
    assertEquals(32L << 20, container.stats().guestMemoryLimitBytes());
    ContainerProcess quota = container.exec(ProcessSpec.of("cat", "/sys/fs/cgroup/cpu.max"));
    assertEquals("50000 100000\n", new String(quota.getInputStream().readAllBytes()));
    EngineException tooMuch =
        assertThrows(
            EngineException.class,
            () ->
                container.update(
                    new ResourceUpdate(
                        OptionalDouble.empty(), OptionalLong.of(1L << 30), Optional.empty())));
    assertEquals(Kind.INVALID, tooMuch.kind());
    assertEquals(OptionalLong.of(32L << 20), container.spec().memoryBytes());
  }

  @Test
  void thePolicyCanBeChangedLater() throws Exception {
    Container container = create(sh("sleep 1000"));
    container.update(
        new ResourceUpdate(
            OptionalDouble.empty(),
            OptionalLong.empty(),
            Optional.of(new RestartPolicy.OnFailure(1))));
    assertEquals(new RestartPolicy.OnFailure(1), container.spec().restartPolicy());
    try (LocalEngine other = LocalEngine.open(config)) {
      assertEquals(
          new RestartPolicy.OnFailure(1),
          other.containers().find(container.id()).orElseThrow().spec().restartPolicy());
    }
  }
}
