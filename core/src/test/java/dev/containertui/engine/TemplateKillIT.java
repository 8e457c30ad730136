package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.host.HostProcesses;
import dev.containertui.template.Tampering;
import dev.containertui.template.Template;
import dev.containertui.vm.BootTimeline.Mark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs and machines that are killed while a template is made or cloned, sooner or later. The
 * delays only spread the kills over the steps; wherever one hits, what follows must hold.
 */
@Timeout(600)
class TemplateKillIT {
  private static final int[] MAKING_DELAYS_MILLIS = {0, 150, 400, 600, 800, 1100};
  private static final int[] SOME_MAKING_DELAYS_MILLIS = {200, 500, 900};
  private static final int[] CLONING_DELAYS_MILLIS = {0, 50, 100, 200};

  @TempDir Path home;
  private EngineConfig config;
  private String image;

  @BeforeEach
  void prepare() throws Exception {
    config = TestEngine.prepareWithTemplates(home);
    try (LocalEngine engine = LocalEngine.open(config)) {
      image = TestEngine.pullBusybox(engine).references().getFirst();
    }
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    Leftovers.assertNone(config);
  }

  private void assertAnotherProgramIsNotDisturbed() throws Exception {
    List<Template> left;
    try (LocalEngine engine = LocalEngine.open(config)) {
      left = engine.templates().list();
      for (Template template : left) {
        Tampering.distrust(template.directory());
      }
      Container container =
          engine.containers().create(ContainerSpec.of(image).arguments("echo", "ok").build());
      ContainerProcess process = container.start();
      assertEquals("ok\n", new String(process.getInputStream().readAllBytes()));
      assertEquals(0, process.waitFor());
      container.awaitEnd();
      String start = container.bootTimeline().start();
      assertTrue(start.startsWith("clone of template "), start);
      boolean made =
          container.bootTimeline().marks().stream()
              .map(Mark::step)
              .anyMatch(step -> step.equals("template"));
      assertEquals(left.isEmpty(), made, "what was published is whole");
      engine.containers().list(true).forEach(each -> each.remove(true));
      Leftovers.assertNone(config);
    }
  }

  private void removeTemplates() {
    try (LocalEngine engine = LocalEngine.open(config)) {
      engine.templates().prune(true);
    }
  }

  private Process startedProgram() throws Exception {
    Process program = StartProgram.launch(home, image);
    assertEquals(StartProgram.READY, program.inputReader().readLine());
    program.outputWriter().append('\n').flush();
    return program;
  }

  @Test
  void aProgramThatIsKilledInTheMakingLeavesNothingThatMatters() throws Exception {
    for (int millis : MAKING_DELAYS_MILLIS) {
      removeTemplates();
      Process program = startedProgram();
      Thread.sleep(millis);
      program.destroyForcibly().waitFor();
      assertAnotherProgramIsNotDisturbed();
    }
  }

  @Test
  void aProgramThatIsKilledInTheCloningLeavesNothingThatMatters() throws Exception {
    assertAnotherProgramIsNotDisturbed();
    for (int millis : CLONING_DELAYS_MILLIS) {
      Process program = startedProgram();
      Thread.sleep(millis);
      program.destroyForcibly().waitFor();
      assertAnotherProgramIsNotDisturbed();
    }
  }

  /** The program itself goes on, and its container either runs or says what was done to it. */
  @Test
  void aMachineThatIsKilledLeavesNothingThatMatters() throws Exception {
    for (int millis : SOME_MAKING_DELAYS_MILLIS) {
      removeTemplates();
      Process program = startedProgram();
      Thread.sleep(millis);
      HostProcesses.mentioning(config.directories().runtime() + "/")
          .filter(process -> process.pid() != program.pid())
          .forEach(HostProcesses::kill);
      program.inputReader().readAllAsString();
      program.waitFor();
      assertAnotherProgramIsNotDisturbed();
    }
  }

  @Test
  void aBuildThatIsKilledLeavesNothingThatMatters() throws Exception {
    for (int millis : SOME_MAKING_DELAYS_MILLIS) {
      removeTemplates();
      Process program = StartProgram.launch(home, StartProgram.BUILD);
      assertEquals(StartProgram.READY, program.inputReader().readLine());
      program.outputWriter().append('\n').flush();
      Thread.sleep(millis);
      program.destroyForcibly().waitFor();
      assertAnotherProgramIsNotDisturbed();
    }
  }
}
