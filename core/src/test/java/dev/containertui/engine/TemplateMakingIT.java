package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ProcessSpec;
import dev.containertui.template.Template;
import dev.containertui.vm.BootTimeline.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first start of a shape makes its template, and all later ones are clones of it. */
@Timeout(300)
class TemplateMakingIT {
  private static final String MADE_ELSEWHERE =
      "cold boot: the template of this shape is being made by another start";

  @TempDir Path home;
  private EngineConfig config;
  private LocalEngine engine;
  private String image;

  @BeforeEach
  void open() throws Exception {
    config = TestEngine.prepareWithTemplates(home);
    engine = LocalEngine.open(config);
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
  }

  private Container start(ContainerSpec.Builder spec) {
    Container container = engine.containers().create(spec.build());
    container.start();
    return container;
  }

  private ContainerSpec.Builder sh(String script) {
    return ContainerSpec.of(image).arguments("sh", "-c", script);
  }

  private static String output(ContainerProcess process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    return text.strip();
  }

  private static String outputOf(Container container) throws Exception {
    String text = output(container.process().orElseThrow());
    container.awaitEnd();
    return text;
  }

  private static boolean madeATemplate(Container container) {
    return container.bootTimeline().marks().stream()
        .map(Mark::step)
        .anyMatch(step -> step.equals("template"));
  }

  @Test
  void theFirstStartMakesItAndTheNextIsAClone() throws Exception {
    List<Container> containers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Container container =
          start(sh("hostname; cat /sys/class/net/eth0/address; date +%s").hostname("moon" + i));
      String[] lines = outputOf(container).split("\n");
      assertEquals("moon" + i, lines[0]);
      String json = engine.containers().inspectJson(container.id());
      assertTrue(json.contains(lines[1]), json);
      long late = Math.abs(Long.parseLong(lines[2]) - System.currentTimeMillis() / 1000);
      assertTrue(late <= 60, "" + late);
      containers.add(container);
    }
    Template template = engine.templates().list().getFirst();
    assertEquals(1, engine.templates().list().size());
    for (Container container : containers) {
      assertEquals("clone of template " + template.key(), container.bootTimeline().start());
    }
    assertTrue(madeATemplate(containers.get(0)));
    assertFalse(madeATemplate(containers.get(1)));
    assertTrue(template.diskBytes() < 300L << 20, template::toString);
    Leftovers.assertDisksClean(config, 3);
  }

  @Test
  void tenStartsAtOnceMakeOneTemplate() throws Exception {
    List<Callable<Container>> starts =
        IntStream.range(0, 10)
            .<Callable<Container>>mapToObj(_ -> () -> start(sh("echo ok")))
            .toList();
    List<Container> containers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Container> container : threads.invokeAll(starts)) {
        containers.add(container.get());
      }
    }
    for (Container container : containers) {
      assertEquals("ok", outputOf(container));
    }
    String key = engine.templates().list().getFirst().key();
    assertEquals(1, engine.templates().list().size());
    assertEquals(1, containers.stream().filter(TemplateMakingIT::madeATemplate).count());
    for (Container container : containers) {
      String start = container.bootTimeline().start();
      assertTrue(List.of("clone of template " + key, MADE_ELSEWHERE).contains(start), start);
    }
    Leftovers.assertDisksClean(config, 11);
  }

  @Test
  void anImageHasATemplateOfItsOwnFromItsSecondStartOn() throws Exception {
    engine.close();
    Files.delete(config.directories().config().resolve("config.json"));
    config = EngineConfig.below(home);
    engine = LocalEngine.open(config);
    List<String> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Container container = start(sh("cat /etc/hostname; echo " + i + " > /new; cat /new; ls /"));
      String[] lines = outputOf(container).split("\n");
      assertEquals(container.shortId(), lines[0]);
      assertEquals("" + i, lines[1]);
      starts.add(container.bootTimeline().start());
    }
    assertEquals(starts.get(1), starts.get(2));
    assertEquals(starts.get(2), starts.get(3));
    assertNotEquals(starts.get(0), starts.get(1));
    assertEquals(2, engine.templates().list().size());
    Template own = engine.templates().list().getFirst();
    assertEquals("clone of template " + own.key(), starts.get(3));
    assertEquals(Optional.of(engine.images().list().getFirst().digest()), own.image());
    // One without a writable disk starts from the template for all images.
    Container readOnly = start(sh("cat /etc/hostname; touch /new 2>&1 || true").readOnlyRoot(true));
    assertTrue(outputOf(readOnly).contains("Read-only"));
    assertEquals(starts.get(0), readOnly.bootTimeline().start());
    Leftovers.assertDisksClean(config, 5);
    for (Container container : engine.containers().list(true)) {
      container.remove(false);
    }
    engine.images().remove(image, true);
    engine.templates().prune(false);
    assertEquals(1, engine.templates().list().size());
    assertEquals(Optional.empty(), engine.templates().list().getFirst().image());
  }

  @Test
  void twoProgramsAtOnceMakeOneTemplate() throws Exception {
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      programs.add(StartProgram.launch(home, image));
    }
    for (Process program : programs) {
      assertEquals(StartProgram.READY, program.inputReader().readLine());
    }
    for (Process program : programs) {
      program.outputWriter().append('\n').flush();
    }
    List<String> lines = new ArrayList<>();
    for (Process program : programs) {
      lines.addAll(program.inputReader().lines().toList());
      assertEquals(0, program.waitFor(), lines::toString);
    }
    String key = engine.templates().list().getFirst().key();
    assertEquals(1, engine.templates().list().size());
    assertTrue(lines.contains("clone of template " + key + " made"), lines::toString);
    lines.remove("clone of template " + key + " made");
    assertTrue(
        List.of("clone of template " + key, MADE_ELSEWHERE).containsAll(lines), lines::toString);
  }

  @Test
  void aCloneIsAsAnyOtherMachine() throws Exception {
    engine.templates().build(Optional.empty(), Optional.empty(), Optional.empty());
    Container container =
        start(
            sh("stty size; read line; echo got $line")
                .terminal(new TerminalSize(91, 17))
                .openStdin(true));
    ContainerProcess beside =
        container.exec(ProcessSpec.of("sh", "-c", "echo kept > /file; id -u"));
    assertEquals("0", output(beside));
    ContainerProcess shell =
        container.exec(ProcessSpec.of("sh").onTerminal(new TerminalSize(100, 30)));
    shell.getOutputStream().write("stty size; exit 5\n".getBytes());
    shell.getOutputStream().flush();
    assertTrue(new String(shell.getInputStream().readAllBytes()).contains("30 100"));
    assertEquals(5, shell.waitFor());
    ContainerProcess main = container.process().orElseThrow();
    main.getOutputStream().write("this\n".getBytes());
    main.getOutputStream().flush();
    String screen = output(main);
    assertTrue(screen.contains("17 91") && screen.contains("got this"), screen);
    container.awaitEnd();
    assertTrue(container.bootTimeline().start().startsWith("clone"));
    Leftovers.assertDisksClean(config, 2);
  }

  private static String hugePages(String process) throws Exception {
    return Files.readAllLines(Path.of("/proc", process, "status")).stream()
        .filter(line -> line.startsWith("THP_enabled"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void clonesDoWithoutHugePagesAndMachinesThatBootHaveThem() throws Exception {
    Container clone = start(sh("sleep 600"));
    Container booted = start(sh("sleep 600").coldBoot(true));
    assertTrue(clone.bootTimeline().start().startsWith("clone"));
    long cloned = assertInstanceOf(Running.class, clone.state()).machinePid();
    long own = assertInstanceOf(Running.class, booted.state()).machinePid();
    assertEquals("THP_enabled:\t0", hugePages(Long.toString(cloned)));
    assertEquals(hugePages("self"), hugePages(Long.toString(own)));
    for (Container container : List.of(clone, booted)) {
      container.kill(9);
      container.awaitEnd();
    }
  }

  @Test
  void aReadOnlyContainerIsACloneOfTheSameTemplateAndKeepsNothing() throws Exception {
    Container writable = start(sh("echo x > /file && echo written"));
    assertEquals("written", outputOf(writable));
    Container readOnly =
        start(sh("echo x > /file || echo refused; mount | grep ' / '").readOnlyRoot(true));
    String said = outputOf(readOnly);
    assertTrue(said.startsWith("refused") && said.contains("ro,"), said);
    assertEquals(writable.bootTimeline().start(), readOnly.bootTimeline().start());
    assertEquals(1, engine.templates().list().size());
    Leftovers.assertDisksClean(config, 2);
  }

  @Test
  void eachShapeHasItsOwnTemplate() throws Exception {
    String ask = "nproc; awk '/MemTotal/{print $2}' /proc/meminfo; cat /sys/fs/cgroup/memory.max";
    List<String> starts = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (ContainerSpec.Builder spec :
          List.of(sh(ask).cpus(2), sh(ask).memoryBytes(100L << 20), sh(ask))) {
        Container container = start(spec);
        String[] said = outputOf(container).split("\n");
        starts.add(container.bootTimeline().start());
        assertTrue(starts.getLast().startsWith("clone"), starts::toString);
        assertEquals(container.spec().cpus().isPresent() ? "2" : "1", said[0]);
        boolean limited = container.spec().memoryBytes().isPresent();
        assertEquals(limited, Long.parseLong(said[1]) < 400 << 10, said[1]);
        assertEquals(limited ? "" + (100L << 20) : "max", said[2]);
      }
    }
    assertEquals(3, engine.templates().list().size());
    assertEquals(starts.subList(0, 3), starts.subList(3, 6));
    // Containers of one class differ in nothing but their limits.
    Container alike = start(sh(ask).memoryBytes(99L << 20));
    assertEquals("" + (99L << 20), outputOf(alike).split("\n")[2]);
    assertEquals(starts.get(1), alike.bootTimeline().start());
    Leftovers.assertDisksClean(config, 8);
  }

  @Test
  void whoAsksForAColdBootGetsOne() throws Exception {
    Container container = start(sh("echo ok").coldBoot(true));
    assertEquals("ok", outputOf(container));
    assertEquals("cold boot, as asked for", container.bootTimeline().start());
    assertEquals(List.of(), engine.templates().list());
  }
}
