package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.ContainerSpec;
import dev.containertui.error.EngineException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandParserTest {
  @Test
  void simpleCommands() {
    assertEquals(new Command.Pull("alpine:3"), CommandParser.parse("pull alpine:3"));
    assertEquals(new Command.Stop(Optional.empty()), CommandParser.parse(" stop "));
    assertEquals(new Command.Remove(Optional.of("web")), CommandParser.parse("rm web"));
    assertEquals(
        new Command.Exec(List.of("ls", "-l", "a b")), CommandParser.parse("exec ls -l 'a b'"));
    assertEquals(new Command.Quit(), CommandParser.parse("q"));
  }

  @Test
  void runTakesOptionsBeforeTheImageOnly() {
    Command.Run run =
        assertInstanceOf(
            Command.Run.class, CommandParser.parse("run -it --name web --rm busybox sh -c 'a b'"));
    ContainerSpec spec = run.spec().build();
    assertTrue(run.terminal());
    assertTrue(spec.openStdin());
    assertTrue(spec.removeOnExit());
    assertEquals(Optional.of("web"), spec.name());
    assertEquals("busybox", spec.image());
    assertEquals(List.of("sh", "-c", "a b"), spec.arguments());
    assertFalse(spec.coldBoot());
    Command.Run cold =
        assertInstanceOf(Command.Run.class, CommandParser.parse("run --cold-boot busybox --rm"));
    assertTrue(cold.spec().build().coldBoot());
    assertFalse(cold.spec().build().removeOnExit());
  }

  @Test
  void whatIsWrongIsSaidWithTheUsage() {
    for (String line :
        List.of("pull", "pull a b", "run", "run -it", "run --name", "exec", "stop a b", "")) {
      assertThrows(EngineException.class, () -> CommandParser.parse(line), line);
    }
    EngineException unknown =
        assertThrows(EngineException.class, () -> CommandParser.parse("frobnicate"));
    assertEquals("unknown command frobnicate", unknown.getMessage());
    EngineException option =
        assertThrows(EngineException.class, () -> CommandParser.parse("run -v /:/x busybox"));
    assertTrue(option.hint().contains("--name"));
  }

  @Test
  void wordsAreSplitAsAShellDoes() {
    assertEquals(
        List.of("a", "b c", "d'e", "", "f g"), CommandParser.words("a 'b c'  d\\'e '' \"f g\""));
    assertThrows(EngineException.class, () -> CommandParser.words("a 'b"));
  }

  @Test
  void completionGoesAsFarAsItIsSure() {
    List<String> images = List.of("busybox:1", "busybox:2");
    List<String> containers = List.of("web");
    assertEquals("pull ", Completion.complete("pu", images, containers).text());
    Completion.Result r = Completion.complete("r", images, containers);
    assertEquals("r", r.text());
    assertEquals(List.of("rm", "rmi", "run"), r.choices());
    assertEquals("run busybox:", Completion.complete("run b", images, containers).text());
    assertEquals("stop web ", Completion.complete("stop ", images, containers).text());
    assertEquals("nothing", Completion.complete("nothing", images, containers).text());
    assertEquals("exec x", Completion.complete("exec x", images, containers).text());
  }
}
