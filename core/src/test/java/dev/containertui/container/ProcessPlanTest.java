package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.ProcessStart;
import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.ImageConfig.Execution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessPlanTest {
  private static Execution image(List<String> entrypoint, List<String> command) {
    return new Execution(
        List.of("A=image", "B=image", "broken"),
        entrypoint,
        command,
        Optional.of("/srv"),
        Optional.of("daemon"),
        Optional.of("SIGQUIT"),
        List.of(),
        List.of(),
        Map.of());
  }

  private static List<String> command(ContainerSpec.Builder spec) {
    return ProcessPlan.of(spec.build(), image(List.of("entry"), List.of("cmd")), "h").command();
  }

  @Test
  void joinsEntrypointAndCommandAsDockerDoes() {
    assertEquals(List.of("entry", "cmd"), command(ContainerSpec.of("i")));
    assertEquals(List.of("entry", "x"), command(ContainerSpec.of("i").arguments("x")));
    assertEquals(List.of("mine"), command(ContainerSpec.of("i").entrypoint(List.of("mine"))));
    assertEquals(
        List.of("mine", "x"),
        command(ContainerSpec.of("i").entrypoint(List.of("mine")).arguments("x")));
    assertEquals(
        List.of("x"), command(ContainerSpec.of("i").entrypoint(List.of("")).arguments("x")));
  }

  @Test
  void refusesAContainerWithoutACommand() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                ProcessPlan.of(ContainerSpec.of("img").build(), image(List.of(), List.of()), "h"));
    assertEquals(Kind.INVALID, e.kind());
    assertTrue(e.getMessage().contains("img"), e.getMessage());
  }

  @Test
  void laysEnvironmentsOverEachOther() {
    ContainerSpec spec =
        ContainerSpec.of("i")
            .environment(Map.of("B", "user"))
            .terminal(new TerminalSize(80, 24))
            .build();
    ProcessPlan plan = ProcessPlan.of(spec, image(List.of(), List.of("sh")), "moon");
    ProcessStart main = plan.main(spec);
    assertEquals(
        List.of(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOSTNAME=moon",
            "A=image",
            "B=user",
            "TERM=xterm"),
        main.environment());
    assertEquals(Optional.of("/srv"), main.directory());
    assertEquals(Optional.of("daemon"), main.user());
    assertEquals(3, plan.stopSignal());

    ProcessStart beside =
        plan.beside(
            new ProcessSpec(
                List.of("ls"),
                Map.of("A", "exec"),
                Optional.of("/"),
                Optional.empty(),
                Optional.empty(),
                false));
    assertTrue(beside.environment().contains("A=exec"));
    assertTrue(beside.environment().contains("B=user"));
    assertTrue(beside.environment().stream().noneMatch(v -> v.startsWith("TERM=")));
    assertEquals(Optional.of("/"), beside.directory());
    assertEquals(Optional.of("daemon"), beside.user());
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThrows(
        EngineException.class,
        () ->
            ProcessPlan.of(
                ContainerSpec.of("i").environment(Map.of("A=B", "c")).build(),
                image(List.of(), List.of("sh")),
                "h"));
  }
}
