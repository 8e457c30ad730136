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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
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

  private ContainerSpec created(String body) throws IOException {
    RawClient.Answer answer = fixture.post("/containers/create?name=made", body);
    assertEquals(201, answer.status(), answer.text());
    assertEquals(engine.containers.getFirst().id(), answer.json().path("Id").asText());
    return engine.containers.getFirst().spec();
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
  void createsWhatDockerRunAsksFor() throws IOException {
    ContainerSpec spec =
        created(
            """
            {"Hostname":"moon","Domainname":"","User":"1:2","AttachStdin":true,"AttachStdout":true,
             "AttachStderr":true,"Tty":true,"OpenStdin":true,"StdinOnce":true,
             "Env":["A=1","B=x=y","UNSET"],"Cmd":["echo","hi"],"Image":"busybox","Volumes":{},
             "WorkingDir":"/tmp","Entrypoint":["/bin/sh"],"OnBuild":null,"Labels":{"l":"v"},
             "StopSignal":"SIGINT","StopTimeout":3,
             "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":5000000000,"Retries":2},
             "HostConfig":{"Binds":null,"ContainerIDFile":"","LogConfig":{"Type":"","Config":{}},
             "NetworkMode":"default","PortBindings":{},
             "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":5},"AutoRemove":false,
             "ConsoleSize":[40,120],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"","Dns":[],
             "DnsOptions":[],"DnsSearch":[],"ExtraHosts":["db:10.0.0.1","me:host-gateway"],
             "GroupAdd":null,"IpcMode":"","Cgroup":"","Links":null,"OomScoreAdj":0,"PidMode":"",
             "Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":true,"SecurityOpt":null,
             "UTSMode":"","UsernsMode":"","ShmSize":0,"Isolation":"","CpuShares":0,
             "Memory":67108864,"NanoCpus":1500000000,"CgroupParent":"","BlkioWeight":0,
             "BlkioWeightDevice":[],"CpuPeriod":0,"CpuQuota":0,"CpusetCpus":"","Devices":[],
             "DeviceRequests":null,"MemoryReservation":0,"MemorySwap":0,"MemorySwappiness":-1,
             "OomKillDisable":false,"PidsLimit":0,"Ulimits":[],"MaskedPaths":null},
             "NetworkingConfig":{"EndpointsConfig":{"default":{"IPAMConfig":null,"Links":null,
             "Aliases":null,"MacAddress":""}}}}""");
    assertEquals(Optional.of("made"), spec.name());
    assertEquals(Optional.of("moon"), spec.hostname());
    assertEquals(Optional.of("1:2"), spec.user());
    assertEquals(Optional.of(new TerminalSize(120, 40)), spec.terminal());
    assertTrue(spec.openStdin() && spec.stdinOnce() && spec.readOnlyRoot());
    assertEquals(Map.of("A", "1", "B", "x=y"), spec.environment());
    assertEquals(List.of("echo", "hi"), spec.arguments());
    assertEquals(Optional.of(List.of("/bin/sh")), spec.entrypoint());
    assertEquals(Optional.of("/tmp"), spec.workingDirectory());
    assertEquals(Map.of("l", "v"), spec.labels());
    assertEquals(Optional.of("SIGINT"), spec.stopSignal());
    assertEquals(Duration.ofSeconds(3), spec.stopTimeout());
    assertEquals(List.of("/bin/sh", "-c", "true"), spec.healthCheck().get().command());
    assertEquals(Duration.ofSeconds(5), spec.healthCheck().get().interval());
    assertEquals(Duration.ofSeconds(30), spec.healthCheck().get().timeout());
    assertEquals(new RestartPolicy.OnFailure(5), spec.restartPolicy());
    assertEquals(List.of("db:10.0.0.1", "me:10.0.2.2"), spec.hosts());
    assertEquals(OptionalLong.of(64 << 20), spec.memoryBytes());
    assertEquals(OptionalDouble.of(1.5), spec.cpus());
  }

  @Test
  void takesEntrypointsAway() throws IOException {
    assertEquals(
        Optional.of(List.of()),
        created("{\"Image\":\"busybox\",\"Entrypoint\":[\"\"],\"Cmd\":[\"ls\"]}").entrypoint());
    assertEquals(
        Optional.empty(), created("{\"Image\":\"busybox\",\"Entrypoint\":null}").entrypoint());
    ContainerSpec words = created("{\"Image\":\"busybox\",\"Cmd\":\"ls\"}");
    assertEquals(List.of("ls"), words.arguments());
  }

  @Test
  void keepsAsMuchLogAsIsAskedFor() throws IOException {
    ContainerSpec spec =
        created(
            "{\"Image\":\"busybox\",\"HostConfig\":{\"LogConfig\":{\"Type\":\"json-file\",\"Config\":"
                + "{\"max-size\":\"10m\",\"max-file\":\"3\"}}}}");
    assertEquals(10 << 20, spec.logOptions().maxSegmentBytes());
    assertEquals(3, spec.logOptions().maxSegments());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Binds | [\"/a:/b\"]",
        "Mounts | [{\"Type\":\"volume\"}]",
        "PortBindings | {\"80/tcp\":[{}]}",
        "PublishAllPorts | true",
        "NetworkMode | \"host\"",
        "NetworkMode | \"none\"",
        "NetworkMode | \"container:x\"",
        "Privileged | true",
        "CapAdd | [\"ALL\"]",
        "CapDrop | [\"ALL\"]",
        "Devices | [{}]",
        "DeviceRequests | [{}]",
        "VolumesFrom | [\"x\"]",
        "PidMode | \"host\"",
        "IpcMode | \"host\"",
        "UTSMode | \"host\"",
        "UsernsMode | \"host\"",
        "Tmpfs | {\"/t\":\"\"}",
        "ShmSize | 1024",
        "Ulimits | [{}]",
        "Sysctls | {\"a\":\"b\"}",
        "SecurityOpt | [\"seccomp=unconfined\"]",
        "Dns | [\"1.1.1.1\"]",
        "PidsLimit | 10",
        "CpuShares | 10",
        "CpusetCpus | \"0\"",
        "MemorySwap | 12345",
        "Runtime | \"runc\"",
        "Init | true",
        "LogConfig | {\"Type\":\"syslog\"}",
      })
  void refusesByNameWhatAMachineDoesNotHave(String field, String value) throws IOException {
    RawClient.Answer answer =
        fixture.post(
            "/containers/create",
            "{\"Image\":\"busybox\",\"HostConfig\":{\"%s\":%s}}".formatted(field, value));
    assertEquals(501, answer.status(), answer.text());
    String message = answer.json().path("message").asText();
    assertTrue(message.contains(field.equals("LogConfig") ? "syslog" : field), message);
    assertTrue(engine.containers.isEmpty());
  }

  @Test
  void refusesWhatIsWrong() throws IOException {
    assertEquals(404, fixture.post("/containers/create", "{\"Image\":\"none\"}").status());
    assertEquals(400, fixture.post("/containers/create", "{}").status());
    assertEquals(400, fixture.post("/containers/create", "{\"Image\":7}").status());
    assertEquals(
        400, fixture.post("/containers/create", "{\"Image\":\"busybox\",\"Cmd\":[1]}").status());
    assertEquals(
        400,
        fixture.post("/containers/create", "{\"Image\":\"busybox\",\"Env\":[\"=x\"]}").status());
    assertEquals(
        400,
        fixture
            .post(
                "/containers/create",
                "{\"Image\":\"busybox\",\"HostConfig\":{\"AutoRemove\":true,\"RestartPolicy\":"
                    + "{\"Name\":\"always\"}}}")
            .status());
    assertEquals(
        501,
        fixture
            .post("/containers/create", "{\"Image\":\"busybox\",\"Volumes\":{\"/data\":{}}}")
            .status());
    assertEquals(
        404,
        fixture
            .post(
                "/containers/create",
                "{\"Image\":\"busybox\",\"NetworkingConfig\":{\"EndpointsConfig\":{\"mine\":{}}}}")
            .status());
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
