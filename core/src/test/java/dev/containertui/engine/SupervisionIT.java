package dev.containertui.engine;

import static dev.containertui.engine.Observed.eventually;
import static dev.containertui.engine.Observed.isSilent;
import static dev.containertui.engine.Observed.log;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ProcessSpec;
import dev.containertui.container.RestartPolicy;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that outlive their engine, and the engine that takes them up. */
@Timeout(300)
class SupervisionIT {

  @TempDir Path home;
  private EngineConfig config;
  private String image;
  private LocalEngine engine;

  @BeforeEach
  void open() throws Exception {
    config = TestEngine.prepare(home);
    engine = LocalEngine.openSupervising(config);
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
  }

  private ContainerSpec.Builder sh(String script) {
    return ContainerSpec.of(image).arguments("sh", "-c", script);
  }

  private Container create(ContainerSpec.Builder spec) {
    return engine.containers().create(spec.build());
  }

  /** Another engine after this one; the same container in it. */
  private Container reopened(Container container) {
    engine = LocalEngine.openSupervising(config);
    return engine.containers().find(container.id()).orElseThrow();
  }

  private static long machine(Container container) {
    return assertInstanceOf(Running.class, container.state()).machinePid();
  }

  @Test
  void containersRunOnWithoutTheirEngine() throws Exception {
    Container container =
        create(sh("i=0; while read line; do echo $line; done; echo end; exit 6").openStdin(true));
    container.start();
    container.exec(ProcessSpec.of("sleep", "1000"));
    container.process().orElseThrow().getOutputStream().write("one\n".getBytes());
    eventually("hears one", () -> log(container).equals("one\n"));
    long machine = machine(container);
    engine.detach();
    assertTrue(ProcessHandle.of(machine).orElseThrow().isAlive());

    Container again = reopened(container);
    assertEquals(machine, machine(again));
    assertEquals(container.startedAt(), again.startedAt());
    assertTrue(again.stats().processCount() >= 2);
    assertEquals(0, again.exec(ProcessSpec.of("true")).waitFor());
    again.process().orElseThrow().getOutputStream().write("two\n".getBytes());
    eventually("hears two", () -> log(again).equals("one\ntwo\n"));
    engine.detach();

    Container third = reopened(container);
    third.process().orElseThrow().getOutputStream().close();
    assertEquals(6, assertInstanceOf(Exited.class, third.awaitEnd()).exitCode());
    assertEquals("one\ntwo\nend\n", log(third));
    Leftovers.assertDisksClean(config, 2);
  }

  @Test
  void whatEndedWithoutAnEngineIsToldByTheNextOne() throws Exception {
    String told = "while ! test -e /end; do sleep 0.1; done; sleep 3; ";
    Container container = create(sh(told + "seq 1 20000; echo problem >&2; exit 5"));
    Container thrownAway = create(sh(told + "exit 5").removeOnExit(true));
    container.start();
    thrownAway.start();
    // However long the starts took: both end in three seconds, when nobody listens any more.
    container.exec(ProcessSpec.of("touch", "/end"));
    thrownAway.exec(ProcessSpec.of("touch", "/end"));
    engine.detach();
    Thread.sleep(5000);

    Instant before = Instant.now();
    Container again = reopened(container);
    assertEquals(5, assertInstanceOf(Exited.class, again.awaitEnd()).exitCode());
    String log = log(again);
    for (int i = 1; i <= 20000; i += 1999) {
      assertTrue(log.contains("\n" + i + "\n") || log.startsWith(i + "\n"), "" + i);
    }
    assertTrue(log.contains("problem\n"));
    assertEquals(20_001, log.lines().count());
    eventually("is removed", () -> engine.containers().find(thrownAway.id()).isEmpty());
    ConcurrentLinkedQueue<ContainerChanged> heard = new ConcurrentLinkedQueue<>();
    try (Engine.Subscription _ =
        engine.onEvent(
            before,
            event -> {
              if (event instanceof ContainerChanged changed
                  && changed.containerId().equals(container.id())) {
                heard.add(changed);
              }
            })) {
      eventually("the end is told", () -> !heard.isEmpty());
      assertEquals(List.of("die"), heard.stream().map(ContainerChanged::action).toList());
      assertEquals("5", heard.peek().attributes().get("exitCode"));
    }
  }

  @Test
  void aMachineThatIsGoneIsAFailure() throws Exception {
    Container container = create(sh("sleep 1000"));
    Container restarted = create(sh("sleep 1000").restartPolicy(new RestartPolicy.OnFailure(0)));
    container.start();
    restarted.start();
    long machine = machine(container);
    long other = machine(restarted);
    engine.detach();
    ProcessHandle.of(machine).orElseThrow().destroyForcibly();
    ProcessHandle.of(other).orElseThrow().destroyForcibly();
    eventually(
        "machines go",
        () -> ProcessHandle.of(machine).isEmpty() && ProcessHandle.of(other).isEmpty());

    Container again = reopened(container);
    Failed failed = assertInstanceOf(Failed.class, again.state());
    assertTrue(failed.reason().contains("while no engine ran"), failed::reason);
    Container policy = engine.containers().find(restarted.id()).orElseThrow();
    eventually("its policy starts it", () -> policy.state() instanceof Running);
    assertEquals(1, policy.restartCount());
    again.start();
    assertInstanceOf(Running.class, again.state());
  }

  @Test
  void aPausedContainerIsPausedStill() throws Exception {
    Container container = create(sh("while :; do echo tick; sleep 0.05; done"));
    container.start();
    container.pause();
    engine.detach();

    Container again = reopened(container);
    assertInstanceOf(ContainerState.Paused.class, again.state());
    // What it had written before the pause may be on its way yet.
    eventually("stands still", () -> isSilent(again));
    int length = log(again).length();
    again.unpause();
    eventually("ticks", () -> log(again).length() > length);
  }

  @Test
  void aStartThatIsLetGoOfLeavesTheContainerAsItWas() throws Exception {
    for (int millis : new int[] {0, 20, 50, 100, 200, 300}) {
      Container container = create(sh("sleep 1000"));
      Thread starter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      container.start();
                    } catch (EngineException e) {
                      assertTrue(
                          e.kind() == Kind.CANCELLED || e.kind() == Kind.UNAVAILABLE,
                          e::getMessage);
                    }
                  });
      Thread.sleep(millis);
      engine.detach();
      starter.join();
      Container again = reopened(container);
      if (again.state() instanceof Created) {
        again.start();
      }
      assertInstanceOf(Running.class, again.state(), () -> again.state().toString());
      again.remove(true);
      Leftovers.assertNone(config);
    }
  }

  @Test
  void whatIsAlwaysToRunIsStartedByTheNextEngine() throws Exception {
    Container always = create(sh("sleep 1000").restartPolicy(new RestartPolicy.Always()));
    Container never = create(sh("sleep 1000").restartPolicy(new RestartPolicy.Always()));
    Container unlessStopped =
        create(sh("sleep 1000").restartPolicy(new RestartPolicy.UnlessStopped()));
    Container stopped = create(sh("sleep 1000").restartPolicy(new RestartPolicy.UnlessStopped()));
    always.start();
    unlessStopped.start();
    stopped.start();
    stopped.stop(Duration.ZERO);
    engine.close();
    assertInstanceOf(Exited.class, always.state());

    Container again = reopened(always);
    eventually("always runs", () -> again.state() instanceof Running);
    Container other = engine.containers().find(unlessStopped.id()).orElseThrow();
    eventually("unless-stopped runs", () -> other.state() instanceof Running);
    assertInstanceOf(Exited.class, engine.containers().find(stopped.id()).orElseThrow().state());
    assertInstanceOf(Created.class, engine.containers().find(never.id()).orElseThrow().state());
  }

  @Test
  void aWaitForARestartGoesOn() throws Exception {
    Container container = create(sh("exit 3").restartPolicy(new RestartPolicy.Always()));
    container.start();
    eventually("waits", () -> container.restartCount() >= 2);
    eventually("waits", () -> container.state() instanceof Restarting);
    engine.detach();
    int count = container.restartCount();

    Container again = reopened(container);
    eventually("goes on", () -> again.restartCount() > count);
    again.stop(Duration.ZERO);
    assertFalse(again.state().isActive());
  }

  private static ContainerState seenState(Engine engine, String name) {
    return engine.containers().find(name).orElseThrow().state();
  }

  @Test
  void thereIsOneSupervisingEngineAndOthersLeaveItsContainersAlone() throws Exception {
    EngineException second =
        assertThrows(EngineException.class, () -> LocalEngine.openSupervising(config));
    assertEquals(Kind.CONFLICT, second.kind());
    Container running = create(sh("sleep 1000").name("running"));
    Container ended = create(sh("echo said; exit 2").name("ended"));
    running.start();
    ended.start();
    ended.awaitEnd();
    try (LocalEngine embedded = LocalEngine.open(config)) {
      Container seen = embedded.containers().find("running").orElseThrow();
      eventually("is seen", () -> seenState(embedded, "running") instanceof Running);
      assertTrue(embedded.containers().inspectJson("running").contains("\"supervised\" : true"));
      Container seenEnd = embedded.containers().find("ended").orElseThrow();
      assertEquals("said\n", log(seenEnd));
      for (Runnable wrong :
          List.<Runnable>of(
              () -> seen.stop(Duration.ZERO),
              () -> seen.kill(9),
              () -> seen.remove(true),
              () -> seen.rename("other"),
              () -> seenEnd.remove(false),
              seenEnd::start)) {
        assertEquals(Kind.CONFLICT, assertThrows(EngineException.class, wrong::run).kind());
      }

      Container own = embedded.containers().create(sh("sleep 1000").name("own").build());
      own.start();
      eventually("is seen", () -> seenState(engine, "own") instanceof Running);
      Container foreign = engine.containers().find("own").orElseThrow();
      assertEquals(
          Kind.CONFLICT,
          assertThrows(EngineException.class, () -> foreign.stop(Duration.ZERO)).kind());
    }
    eventually(
        "the embedded engine's containers end with it",
        () ->
            engine.containers().find("own").orElseThrow().state() instanceof ContainerState.Exited);
    engine.containers().find("own").orElseThrow().remove(false);
    assertInstanceOf(Running.class, running.state());
    assertEquals(2, ended.await(WaitCondition.NOT_RUNNING));
  }
}
