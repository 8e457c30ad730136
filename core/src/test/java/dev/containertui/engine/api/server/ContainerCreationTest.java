package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.MountText;
import dev.containertui.container.RestartPolicy;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PortSpec;
import java.io.IOException;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may ask for when they create a container, and what they may not. */
@Timeout(120)
class ContainerCreationTest {
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

  private ContainerSpec created(String body) throws IOException {
    RawClient.Answer answer = fixture.post("/containers/create?name=made", body);
    assertEquals(201, answer.status(), answer.text());
    assertEquals(engine.containers.getFirst().id(), answer.json().path("Id").asText());
    return engine.containers.getFirst().spec();
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
  void publishesThePortsThatAreAskedFor() throws IOException {
    PortSpec ports =
        created(
                """
                {"Image":"busybox","ExposedPorts":{"443":{},"80/tcp":{}},"HostConfig":{
                 "PublishAllPorts":true,"PortBindings":{
                 "80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{}],
                 "53/udp":[{"HostIp":"","HostPort":"5300-5310"}],"99/tcp":null}}}""")
            .ports();
    assertEquals(
        List.of(
            new PortRequest("127.0.0.1", 8080, 8080, ContainerPort.parse("80")),
            PortRequest.anyFor(ContainerPort.parse("80")),
            new PortRequest("", 5300, 5310, ContainerPort.parse("53/udp"))),
        ports.published());
    assertTrue(ports.publishAll());
    assertEquals("[80/tcp, 443/tcp]", ports.exposed().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"0/tcp\":[{}]}",
        "{\"65536\":[{}]}",
        "{\"80-81\":[{}]}",
        "{\"80/sctp\":[{}]}",
        "{\"x\":[{}]}",
        "{\"80\":{}}",
        "{\"80\":[{\"HostPort\":8080}]}",
        "{\"80\":[{\"HostPort\":\"80000\"}]}",
        "{\"80\":[{\"HostPort\":\"127.0.0.1:8080\"}]}",
        "{\"80\":[{\"HostPort\":\"published=8080,target=22,mode=x\"}]}",
        "{\"80\":[{\"HostIp\":\"127.0.0.1:8080\"}]}",
        "{\"80\":[{\"HostIp\":\"::1\"}]}",
        "{\"80\":[{\"HostIp\":\"host\"}]}",
        "[]",
      })
  void refusesPortsThatAreNone(String bindings) throws IOException {
    RawClient.Answer answer =
        fixture.post(
            "/containers/create",
            "{\"Image\":\"busybox\",\"HostConfig\":{\"PortBindings\":" + bindings + "}}");
    assertEquals(400, answer.status(), answer.text());
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
        "VolumeDriver | \"nfs\"",
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
        404,
        fixture
            .post(
                "/containers/create",
                "{\"Image\":\"busybox\",\"NetworkingConfig\":{\"EndpointsConfig\":{\"mine\":{}}}}")
            .status());
  }

  @Test
  void readsAllWaysToAskForMounts() throws IOException {
    ContainerSpec spec =
        created(
            """
            {"Image":"busybox","Volumes":{"/anonymous":{},"/x":{}},
             "HostConfig":{"Binds":["data:/x:ro"],"Tmpfs":{"/t":"size=1m,exec"},
             "Mounts":[
               {"Type":"volume","Source":"more","Target":"/m","VolumeOptions":{"NoCopy":true}},
               {"Type":"tmpfs","Target":"/u","ReadOnly":true,
                "TmpfsOptions":{"SizeBytes":4096,"Mode":448}}]}}
            """);
    assertEquals(
        MountText.all(
            List.of("data:/x:ro", "more:/m:nocopy"),
            List.of("type=tmpfs,target=/u,tmpfs-size=4096,tmpfs-mode=700,readonly"),
            List.of("/t:size=1m,exec")),
        spec.mounts().subList(0, 4));
    assertEquals(List.of(MountText.volume("/anonymous")), spec.mounts().subList(4, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Binds\":[\"/a:/b\"]}",
        "{\"Binds\":[\"data:/b\",7]}",
        "{\"Binds\":[\"data:b\"]}",
        "{\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/a\",\"Target\":\"/b\"}]}",
        "{\"Mounts\":[{\"Type\":\"volume\",\"Source\":\"a,target=/x\",\"Target\":\"/b\"}]}",
        "{\"Mounts\":[{\"Type\":\"volume\",\"Source\":\"../a\",\"Target\":\"/b\"}]}",
        "{\"Mounts\":[{\"Type\":\"npipe\",\"Target\":\"/b\"}]}",
        "{\"Mounts\":[7]}",
        "{\"Tmpfs\":{\"/\":\"\"}}",
        "{\"Tmpfs\":{\"/t\":\"uid=7\"}}"
      })
  void refusesMountsThatAreWrong(String hostConfig) throws IOException {
    RawClient.Answer answer =
        fixture.post(
            "/containers/create", "{\"Image\":\"busybox\",\"HostConfig\":" + hostConfig + "}");
    assertEquals(400, answer.status(), answer.text());
    assertTrue(engine.containers.isEmpty());
  }
}
