package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ContainerRoutesTest {
  private ServerFixture fixture;
  private FakeEngine engine;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture();
    engine = fixture.engine;
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private List<String> names(String query, String filters) throws IOException {
    String encoded = URLEncoder.encode(filters, StandardCharsets.UTF_8);
    RawClient.Answer answer = fixture.get("/containers/json?" + query + "&filters=" + encoded);
    assertEquals(200, answer.status(), answer.text());
    List<String> names = new ArrayList<>();
    answer.json().forEach(c -> names.add(c.path("Names").path(0).asText().substring(1)));
    return names;
  }

  @Test
  void listsWhatRunsAndWhatIsAskedFor() throws IOException {
    engine
        .add(ContainerSpec.of("busybox").name("old").labels(Map.of("a", "b")).build())
        .run()
        .exit(3);
    engine.add("young").run();
    engine.add("new");
    assertEquals(List.of("young"), names("", ""));
    assertEquals(List.of("new", "young", "old"), names("all=1", ""));
    assertEquals(List.of("new"), names("limit=1", ""));
    assertEquals(List.of("old"), names("", "{\"status\":[\"exited\"]}"));
    assertEquals(List.of("old"), names("", "{\"exited\":{\"3\":true}}"));
    assertEquals(List.of(), names("", "{\"exited\":[\"0\"]}"));
    assertEquals(List.of("old"), names("all=1", "{\"label\":[\"a=b\"]}"));
    assertEquals(List.of("old"), names("all=1", "{\"label\":[\"a\"]}"));
    assertEquals(List.of(), names("all=1", "{\"label\":[\"a=c\"]}"));
    assertEquals(List.of("new", "young"), names("all=1", "{\"name\":[\"^/(new|y.*)$\"]}"));
    assertEquals(List.of("old"), names("all=1", "{\"before\":[\"young\"]}"));
    assertEquals(List.of("new"), names("all=1", "{\"since\":[\"young\"]}"));
    assertEquals(List.of("young"), names("all=1", "{\"id\":[\"c1c1\"]}"));
    assertEquals(List.of("new", "young", "old"), names("all=1", "{\"ancestor\":[\"busybox\"]}"));
    assertEquals(List.of(), names("all=1", "{\"ancestor\":[\"other\"]}"));
    assertEquals(List.of("young"), names("", "{\"network\":[\"bridge\"]}"));
    assertEquals(List.of("young"), names("", "{\"health\":[\"none\"]}"));
    assertEquals(List.of(), names("all=1", "{\"volume\":[\"v\"]}"));
    assertEquals(
        404, fixture.get("/containers/json?filters=%7B%22since%22%3A%5B%22x%22%5D%7D").status());
    assertEquals(
        400, fixture.get("/containers/json?filters=%7B%22status%22%3A%5B%22x%22%5D%7D").status());
    assertEquals(
        400, fixture.get("/containers/json?filters=%7B%22name%22%3A%5B%22(%22%5D%7D").status());
  }

  @Test
  void listsAContainerAsDockerDoes() throws IOException {
    engine.add("one").run();
    JsonNode one = fixture.get("/containers/json?size=1").json().path(0);
    assertEquals("c0".repeat(32), one.path("Id").asText());
    assertEquals("busybox", one.path("Image").asText());
    assertEquals(FakeImages.ID, one.path("ImageID").asText());
    assertEquals("running", one.path("State").asText());
    assertTrue(one.path("Status").asText().startsWith("Up "));
    assertEquals(1767225600L, one.path("Created").asLong());
    assertEquals(512, one.path("SizeRw").asLong());
    assertEquals(
        "10.0.2.15",
        one.path("NetworkSettings").path("Networks").path("bridge").path("IPAddress").asText());
    assertEquals("running", one.path(ContainerTui.FIELD).path("state").path("status").asText());
  }

  @Test
  void inspectsAContainerAsDockerDoes() throws IOException {
    engine.add(
        ContainerSpec.of("busybox")
            .name("one")
            .arguments("sleep", "9")
            .environment(Map.of("A", "2"))
            .labels(Map.of("mine", "1"))
            .terminal(new TerminalSize(100, 30))
            .restartPolicy(new RestartPolicy.OnFailure(4))
            .memoryBytes(64 << 20)
            .cpus(1.5)
            .build());
    engine.containers.getFirst().run().exit(137);
    JsonNode json = fixture.get("/containers/one/json").json();
    assertEquals("/one", json.path("Name").asText());
    assertEquals("sleep", json.path("Path").asText());
    assertEquals("9", json.path("Args").path(0).asText());
    assertEquals("exited", json.path("State").path("Status").asText());
    assertEquals(137, json.path("State").path("ExitCode").asInt());
    assertFalse(json.path("State").path("Running").asBoolean());
    assertEquals("[\"PATH=/bin\",\"A=2\"]", json.path("Config").path("Env").toString());
    assertEquals("[\"sleep\",\"9\"]", json.path("Config").path("Cmd").toString());
    assertEquals(
        "{\"from\":\"image\",\"mine\":\"1\"}", json.path("Config").path("Labels").toString());
    assertTrue(json.path("Config").path("Tty").asBoolean());
    assertEquals("[30,100]", json.path("HostConfig").path("ConsoleSize").toString());
    assertEquals(
        4, json.path("HostConfig").path("RestartPolicy").path("MaximumRetryCount").asInt());
    assertEquals(1_500_000_000L, json.path("HostConfig").path("NanoCpus").asLong());
    assertEquals(64 << 20, json.path("HostConfig").path("Memory").asLong());
    JsonNode ours = json.path(ContainerTui.FIELD);
    assertEquals("tcg", ours.path("machine").path("accelerator").asText());
    assertEquals("kernel", ours.path("bootTimeline").path(0).path("step").asText());
    assertEquals(404, fixture.get("/containers/two/json").status());
    assertEquals(
        "No such container: two",
        fixture.get("/containers/two/json").json().path("message").asText());
    assertEquals(200, fixture.get("/containers/%2Fone/json").status());
  }

  @Test
  void startsAndStops() throws IOException {
    FakeContainer container = engine.add("one");
    assertEquals(204, fixture.post("/containers/one/start", "").status());
    assertEquals(304, fixture.post("/containers/one/start", "").status());
    assertEquals(204, fixture.post("/containers/one/stop?t=3", "").status());
    assertEquals(List.of("stop 3"), container.calls);
    assertEquals(304, fixture.post("/containers/one/stop", "").status());
    FakeContainer stubborn = engine.add("stubborn").run();
    assertEquals(204, fixture.post("/containers/stubborn/stop?signal=INT&t=0", "").status());
    assertEquals(List.of("kill 2", "stop 0"), stubborn.calls);
    assertEquals(404, fixture.post("/containers/two/stop", "").status());
    assertEquals(204, fixture.post("/containers/one/restart?t=-1", "").status());
    assertEquals("restart Optional[PT8760H]", container.calls.getLast());
  }

  @Test
  void tellsWhyAProgramCannotBeStarted() throws IOException {
    FakeContainer container = engine.add("one");
    container.startFailure =
        Optional.of(new EngineException(Kind.COMMAND_NOT_FOUND, "exec: \"nope\""));
    RawClient.Answer answer = fixture.post("/containers/one/start", "");
    assertEquals(400, answer.status());
    assertEquals(
        "exec: \"nope\": executable file not found in $PATH",
        answer.json().path("message").asText());
    assertEquals("COMMAND_NOT_FOUND", answer.json().path("kind").asText());
    container.startFailure =
        Optional.of(new EngineException(Kind.NOT_EXECUTABLE, "exec: \"/etc\""));
    assertTrue(
        fixture
            .post("/containers/one/start", "")
            .json()
            .path("message")
            .asText()
            .endsWith("permission denied"));
    container.startFailure =
        Optional.of(new EngineException(Kind.UNAVAILABLE, "no kernel", "install one"));
    answer = fixture.post("/containers/one/start", "");
    assertEquals(503, answer.status());
    assertEquals("install one", answer.json().path("hint").asText());
  }

  @Test
  void sendsSignals() throws IOException {
    FakeContainer container = engine.add("one").run();
    assertEquals(204, fixture.post("/containers/one/kill", "").status());
    assertEquals(204, fixture.post("/containers/one/kill?signal=SIGUSR1", "").status());
    assertEquals(List.of("kill 9", "kill 10"), container.calls);
    assertEquals(400, fixture.post("/containers/one/kill?signal=NOPE", "").status());
    container.exit(0);
    assertEquals(409, fixture.post("/containers/one/kill", "").status());
  }

  @Test
  void pausesRenamesAndUpdates() throws IOException {
    FakeContainer container = engine.add("one").run();
    assertEquals(204, fixture.post("/containers/one/pause", "").status());
    assertEquals(
        "paused", fixture.get("/containers/one/json").json().path("State").path("Status").asText());
    assertEquals(409, fixture.post("/containers/one/exec", "{\"Cmd\":[\"ls\"]}").status());
    assertEquals(204, fixture.post("/containers/one/unpause", "").status());
    assertEquals(204, fixture.post("/containers/one/rename?name=two", "").status());
    assertEquals("two", container.name());
    assertEquals(400, fixture.post("/containers/two/rename", "").status());
    assertEquals(
        200,
        fixture
            .post(
                "/containers/two/update",
                "{\"NanoCpus\":500000000,\"RestartPolicy\":{\"Name\":\"always\"}}")
            .status());
    assertEquals(
        "update ResourceUpdate[cpus=OptionalDouble[0.5], memoryBytes=OptionalLong.empty,"
            + " restartPolicy=Optional[Always[]]]",
        container.calls.getLast());
  }

  @Test
  void answersTheHeadOfAWaitAtOnce() throws Exception {
    for (String condition : List.of("next-exit", "removed", "not-running")) {
      FakeContainer container = engine.add(condition);
      if (condition.equals("not-running")) {
        container.run();
      }
      try (RawClient client = fixture.connect()) {
        client.request("POST", "/containers/%s/wait?condition=%1$s".formatted(condition), "");
        assertEquals(200, client.head().status());
        container.run().exit(5);
        assertEquals(
            5, Json.parse(new String(client.chunk()), "answer").path("StatusCode").asInt());
      }
    }
    assertEquals(400, fixture.post("/containers/removed/wait?condition=never", "").status());
    assertEquals(404, fixture.post("/containers/two/wait", "").status());
  }

  @Test
  void removesWhatDoesNotRun() throws IOException {
    engine.add("one").run();
    RawClient.Answer refused = fixture.ask("DELETE", "/containers/one", "");
    assertEquals(409, refused.status());
    assertTrue(refused.json().path("message").asText().contains("container is running: stop the"));
    assertEquals(204, fixture.ask("DELETE", "/containers/one?force=1&v=1", "").status());
    assertEquals(404, fixture.ask("DELETE", "/containers/one", "").status());
    engine.add("two");
    engine.add("three").run();
    JsonNode pruned = fixture.post("/containers/prune", "").json();
    assertEquals(1, pruned.path("ContainersDeleted").size());
    assertEquals(77, pruned.path("SpaceReclaimed").asLong());
  }

  @Test
  void showsProcessesAsPsDoes() throws IOException {
    engine.add("one").run();
    JsonNode full = fixture.get("/containers/one/top").json();
    assertEquals(
        "[\"UID\",\"PID\",\"PPID\",\"C\",\"STIME\",\"TTY\",\"TIME\",\"CMD\"]",
        full.path("Titles").toString());
    assertEquals(
        "[\"0\",\"1\",\"0\",\"0\",\"-\",\"?\",\"00:01:01\",\"/bin/sh -c sleep\"]",
        full.path("Processes").path(0).toString());
    assertEquals(1, full.path(ContainerTui.FIELD).path(0).path("pid").asInt());
    JsonNode some = fixture.get("/containers/one/top?ps_args=-eo%20pid,comm,rss").json();
    assertEquals("[\"1\",\"sh\",\"4096\"]", some.path("Processes").path(0).toString());
    assertEquals(400, fixture.get("/containers/one/top?ps_args=-o%20phase").status());
    assertEquals(400, fixture.get("/containers/one/top?ps_args=--forest").status());
    engine.containers.getFirst().exit(0);
    assertEquals(409, fixture.get("/containers/one/top").status());
  }

  @Test
  void takesSamples() throws IOException {
    engine.add("one").run();
    JsonNode once = fixture.get("/containers/one/stats?stream=0&one-shot=1").json();
    assertEquals(50 << 20, once.path("memory_stats").path("usage").asLong());
    assertEquals(
        2_000_000_000L, once.path("cpu_stats").path("cpu_usage").path("total_usage").asLong());
    assertEquals(1000, once.path("networks").path("eth0").path("rx_bytes").asLong());
    assertEquals(0, once.path("precpu_stats").path("system_cpu_usage").asLong());
    assertEquals(9_000_000, once.path(ContainerTui.FIELD).path("machineCpuMicros").asLong());
    JsonNode twice = fixture.get("/containers/one/stats?stream=0").json();
    assertTrue(
        twice.path("cpu_stats").path("system_cpu_usage").asLong()
            > twice.path("precpu_stats").path("system_cpu_usage").asLong());
    try (RawClient client = fixture.connect()) {
      client.request("GET", "/containers/one/stats", "").head();
      assertTrue(client.chunk().length > 0);
      assertTrue(client.chunk().length > 0);
    }
    engine.containers.getFirst().exit(0);
    JsonNode over = fixture.get("/containers/one/stats?stream=0").json();
    assertEquals(0, over.path("cpu_stats").path("cpu_usage").path("total_usage").asLong());
  }
}
