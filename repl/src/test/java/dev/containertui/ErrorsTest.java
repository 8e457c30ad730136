package dev.containertui;

import static dev.containertui.ContainerTui.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.MemoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is said in one line, with the method that it was given to. */
class ErrorsTest {
  private final MemoryEngine engine = new MemoryEngine();

  @BeforeEach
  void open() {
    use(engine);
  }

  @AfterEach
  void close() {
    ContainerTui.close();
    engine.close();
  }

  private static void assertSays(String message, Runnable words) {
    EngineException e = assertThrows(EngineException.class, words::run);
    assertEquals(message, e.getMessage());
  }

  @Test
  void argumentsThatMakeNoSense() {
    assertSays(
        "memory(size): \"lots\" is not a size; write bytes, or 512m, 2g",
        () -> run("alpine").memory("lots"));
    assertSays(
        "memory(size): \"99999999999999t\" is not a size; write bytes, or 512m, 2g",
        () -> run("alpine").memory("99999999999999t"));
    assertSays(
        "memory(bytes): -1 is not a size; write bytes, or \"512m\", \"2g\"",
        () -> run("alpine").memory(-1));
    assertSays(
        "port(host, container): 65536 is not a port of the host; write 0 to 65535",
        () -> run("alpine").port(65536, 80));
    assertSays(
        "port(host, container): 0 is not a port; write 1 to 65535", () -> run("alpine").port(0));
    assertSays(
        "port(text): not a port: '80:http': the container's port is a number up to 65535, not"
            + " 'http'",
        () -> run("alpine").port("80:http"));
    assertSays(
        "expose(port): \"80-90\" is not a port; write 1 to 65535, and /udp if it is one of UDP",
        () -> run("alpine").expose("80-90"));
    assertSays(
        "cpus(number): 0.0 is not a number of CPUs; write more than 0, as in 0.5 or 2",
        () -> run("alpine").cpus(0));
    assertSays(
        "restart(policy): \"often\" is not a restart policy; write no, on-failure, on-failure:3,"
            + " always or unless-stopped",
        () -> run("alpine").restart("often"));
    assertSays(
        "workdir(path): \"srv\" is not an absolute path; write it from the root on, as in \"/srv\"",
        () -> run("alpine").workdir("srv"));
    assertSays(
        "platform(name): \"a/b c\" is not a platform; write linux/amd64, linux/arm64 or"
            + " linux/arm/v7",
        () -> run("alpine").platform("a/b c"));
    assertSays(
        "stopSignal(name): \"HALT\" is not a signal; write TERM, HUP, USR1 or a number from 1 to 64",
        () -> run("alpine").stopSignal("HALT"));
    assertSays(
        "env(variable, value): \"A=b\" is not a variable's name; write name and value as two"
            + " arguments",
        () -> run("alpine").env("A=b", "c"));
    assertSays(
        "timeout(duration): \"soon\" is not a duration; write 500ms, 10s or 1m30s",
        () -> run("alpine").timeout("soon"));
    assertSays(
        "kernel(path): /no/such is not a file that can be read; write the path of a kernel",
        () -> run("alpine").kernel(Path.of("/no/such")));
  }

  @Test
  void argumentsThatAreMissing() {
    Container c = run("alpine").detach();
    assertSays("image(reference): no reference is given", () -> image(null));
    assertSays("c(nameOrId): no name is given", () -> c(""));
    assertSays("run(image, command…): no image is given", () -> run(null));
    assertSays(
        "run(image, command…): a part of the command is null", () -> run("alpine", "ls", null));
    assertSays(
        "exec(command…): no command is given; write the program and its arguments", () -> c.exec());
    assertSays("rename(name): no name is given", () -> c.rename(null));
    assertSays("cp(path, target): no target is given", () -> c.cp(Path.of("x"), ""));
    assertSays("stdin(text): the text is null", () -> run("alpine").stdin((String) null));
    assertSays("parallel(things, task): no task is given", () -> parallel(List.of(1), null));
  }

  @Test
  void logsEventsAndWaits() {
    Container c = run("alpine").detach();
    assertSays(
        "tail(lines): -1 is not a number of lines; write 0 or more", () -> c.logs().tail(-1));
    assertSays(
        "since(time): \"later\" is not a point in time; write 10m (ago) or 2026-01-31T12:00:00Z, or"
            + " give an Instant",
        () -> c.logs().since("later"));
    assertSays(
        "grep(regex): \"(\" is not a regular expression: Unclosed group", () -> c.logs().grep("("));
    try (Events events = events()) {
      EngineException e =
          assertThrows(EngineException.class, () -> events.filter("kind=container"));
      assertEquals("invalid filter 'kind'", e.getMessage());
      assertTrue(e.hint().contains("type"), e.hint());
    }
    assertSays(
        "watch(interval, expression): PT0.01S is not an interval; write 100 ms or more",
        () -> watch(Duration.ofMillis(10), () -> 1));
  }

  @Test
  void whatIsNotThere() {
    EngineException e = assertThrows(EngineException.class, () -> image("alpine"));
    assertEquals(Kind.NOT_FOUND, e.kind());
    assertEquals("pull(\"alpine\") fetches it; images() lists what is here", e.hint());
    assertSays("container not found: web", () -> c("web"));
    assertSays("no container and no image is called web", () -> inspect("web"));
    assertSays(
        "load(path): cannot read /no/such: there is no such file", () -> load(Path.of("/no/such")));
  }

  @Test
  void terminalsBelongToTheConsole() {
    assertSays(
        "only the console has a terminal to give away", () -> run("alpine", "sh").interactive());
    assertEquals(List.of(), containers());
  }
}
