package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.GuestProcess;
import dev.containertui.cli.CliFixture.Result;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.Health;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import dev.containertui.image.ImageSummary;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortGrammar;
import dev.containertui.network.PortSpec;
import dev.containertui.network.PublishedPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that list, show and clean up. */
@Timeout(60)
class ListCommandsTest {
  private static final Instant AT = Instant.parse("2026-01-21T21:00:00Z");
  private static final String FIRST = FakeEngine.HEX.substring(0, 12);
  private final CliFixture cli = new CliFixture();

  private FakeContainer container(String name, ContainerState state, String... labels) {
    cli.engine
        .containers()
        .create(
            ContainerSpec.of("alpine")
                .name(name)
                .arguments("sh", "-c", "while true; do date; done")
                .ports(new PortSpec(List.of(), false, PortGrammar.exposed("99/udp")))
                .labels(labels.length == 0 ? Map.of() : Map.of(labels[0], labels[1]))
                .build());
    FakeContainer container = cli.engine.containers.getLast();
    container.state = Optional.of(state);
    return container;
  }

  private String out(String... arguments) {
    cli.out = new ByteArrayOutputStream();
    return cli.run(arguments).expect(0).out();
  }

  private void three() {
    container("old", new ContainerState.Exited(AT, 3), "tier", "back");
    container("web", new ContainerState.Running(AT, 1), "tier", "front");
    container("new", new ContainerState.Created(AT));
  }

  @Test
  void psShowsWhatRunsAndWithAllTheOthers() {
    three();
    assertEquals("web\n", out("ps", "--format", "{{.Names}}"));
    assertEquals("new\nweb\nold\n", out("ps", "-a", "--format", "{{.Names}}"));
    assertEquals("new\nweb\n", out("ps", "-n", "2", "--format", "{{.Names}}"));
    assertEquals("new\n", out("ps", "-l", "--format", "{{.Names}}"));
    assertEquals(FakeEngine.HEX + "\n", out("ps", "-q", "--no-trunc", "-f", "status=exited"));
  }

  @Test
  void psFiltersAsDockerDoes() {
    three();
    assertEquals("old\n", out("ps", "-f", "status=exited", "--format", "{{.Names}}"));
    assertEquals(
        "web\n", out("ps", "-a", "--filter", "label=tier=front", "--format", "{{.Names}}"));
    Result refused = cli.run("ps", "-f", "status=up").expect(1);
    assertTrue(refused.err().contains("invalid filter 'status=up'"), refused.err());
    cli.run("ps", "-f", "status").expect(1);
  }

  @Test
  void psHasDockersColumns() {
    FakeContainer web = container("web", new ContainerState.Running(AT, 1));
    web.health = Optional.of(new Health(Health.Status.UNHEALTHY, 4, List.of()));
    web.ports = List.of(new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80")));
    assertEquals(
        """
        CONTAINER ID   IMAGE    COMMAND                CREATED       STATUS                   PORTS                          NAMES
        0123456789ab   alpine   "sh -c while true;…"   3 weeks ago   Up 3 hours (unhealthy)   0.0.0.0:8080->80/tcp, 99/udp   web
        """,
        out("ps"));
  }

  @Test
  void psListsThoseWithAPort() {
    FakeContainer web = container("web", new ContainerState.Running(AT, 1));
    web.ports = List.of(new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80")));
    container("old", new ContainerState.Exited(AT, 0));
    assertEquals("web\n", out("ps", "-a", "-f", "publish=8000-8080", "--format", "{{.Names}}"));
    assertEquals(
        "old \nweb 0.0.0.0:8080->80/tcp, 99/udp\n",
        out("ps", "-a", "-f", "expose=99/udp", "--format", "{{.Names}} {{.Ports}}"));
    assertEquals("", out("ps", "-aq", "-f", "publish=80"));
    cli.run("ps", "-f", "publish=x").expect(1);
  }

  @Test
  void templatesHaveLabelsAndHeads() {
    three();
    assertEquals("front|tier=front\n", out("ps", "--format", "{{.Label \"tier\"}}|{{.Labels}}"));
    assertEquals(
        """
        NAMES   STATUS       tier
        web     Up 3 hours   front
        """,
        out("ps", "--format", "table {{.Names}}\\t{{.Status}}\\t{{.Label \"tier\"}}"));
    String json = out("ps", "--format", "{{json .}}");
    assertTrue(json.contains("\"Names\":\"web\""), json);
    assertFalse(json.contains("\"Label\""), json);
    Result refused = cli.run("ps", "--format", "{{.Gone}}").expect(1);
    assertTrue(refused.err().contains("hint: there are ID, Image"), refused.err());
    cli.run("ps", "--format", "{{.Names").expect(2);
  }

  @Test
  void sizesAreThoseOfTheDisk() {
    three();
    cli.engine.usage =
        new DiskUsage(
            0,
            0,
            0,
            0,
            List.of(),
            List.of(new DiskUsage.ContainerUse(cli.engine.containers.get(1).id(), 12_300, 1)));
    assertTrue(out("ps", "-s").contains("12.3kB"));
    assertTrue(out("inspect", "-s", "web").contains("\"SizeRw\":12300"));
  }

  @Test
  void topShowsTheColumnsThatAreAskedFor() {
    FakeContainer web = container("web", new ContainerState.Running(AT, 1));
    web.processes = List.of(new GuestProcess(1, 0, 33, 'S', 3_725_000_000L, 2 << 20, "sh -c x"));
    assertEquals(
        """
        UID   PID   PPID   STAT   TIME       RSS    CMD
        33    1     0      S      01:02:05   2048   sh -c x
        """,
        out("top", "web"));
    assertEquals("PID   COMMAND\n1     sh\n", out("top", "web", "-o", "pid,comm"));
    assertEquals(out("top", "web"), out("top", "web", "-ef"));
    assertTrue(cli.run("top", "web", "-Z").expect(1).err().contains("'-Z'"));
  }

  private static ContainerStats sample(long second, long cpuMicros) {
    return new ContainerStats(
        AT.plusSeconds(second),
        cpuMicros,
        8 << 20,
        512 << 20,
        3,
        1000,
        2000,
        3000,
        4_000_000,
        2 * cpuMicros,
        100 << 20);
  }

  @Test
  void statsAreTheDifferenceOfTwoSamples() {
    FakeContainer web = container("web", new ContainerState.Running(AT, 1));
    web.samples.addAll(List.of(sample(0, 0), sample(2, 1_000_000)));
    assertEquals(
        """
        CONTAINER ID   NAME   CPU %    MEM USAGE / LIMIT   MEM %   NET I/O     BLOCK I/O   PIDS   VM CPU %   VM RSS
        0123456789ab   web    50.00%   8MiB / 512MiB       1.56%   1kB / 2kB   3kB / 4MB   3      100.00%    100MiB
        """,
        out("stats", "--no-stream", "--wide"));
  }

  @Test
  void statsOfWhatDoesNotRunAreDashes() {
    three();
    cli.engine.containers.get(1).samples.add(sample(0, 0));
    assertEquals(
        "new --\nweb 0.00%\nold --\n",
        out("stats", "-a", "--no-stream", "--format", "{{.Name}} {{.CPUPerc}}"));
    assertEquals(1, out("stats", "--no-stream", "--format", "{{.Name}}").lines().count());
    String json = out("stats", "--no-stream", "--format", "json", "web");
    assertTrue(json.contains("\"MemUsage\":\"8MiB / 512MiB\""), json);
    assertTrue(cli.run("stats", "gone").expect(1).err().contains("no such container"));
  }

  @Test
  void statsGoOnUntilNobodyReadsThem() {
    container("web", new ContainerState.Running(AT, 1)).samples.add(sample(0, 0));
    cli.out = CliFixture.brokenPipe();
    cli.run("stats").expect(141);
  }

  @Test
  void eventsArePrintedAsDockerDoes() {
    cli.engine.past.add(
        new ContainerChanged(AT, "die", "abc", "web", Map.of("image", "alpine", "exitCode", "3")));
    cli.engine.past.add(new ImageChanged(AT, "pull", "docker.io/library/alpine:3"));
    assertEquals(
        """
        2026-01-21T21:00:00.000000000Z container die abc (exitCode=3, image=alpine, name=web)
        2026-01-21T21:00:00.000000000Z image pull docker.io/library/alpine:3 \
        (name=docker.io/library/alpine:3)
        """,
        out("events", "--since", "24h", "--until", "0s"));
    assertEquals(
        "die 3\n",
        out(
            "events",
            "--since=24h",
            "--until=0s",
            "--filter",
            "type=container",
            "--format",
            "{{.Action}} {{.Actor.Attributes.exitCode}}"));
    assertEquals("", out("events", "--since", "1h", "--until", "0s"));
    assertTrue(
        out("events", "--since=24h", "--until=0s", "--format=json")
            .contains("\"time\":1769029200"));
    cli.run("events", "--filter", "colour=red").expect(1);
  }

  @Test
  void theDiskIsTalliedByKind() {
    container("old", new ContainerState.Exited(AT, 0));
    container("web", new ContainerState.Running(AT, 1));
    cli.engine.images.add(FakeEngine.image("alpine:3"));
    cli.engine.usage =
        new DiskUsage(
            3_000_000,
            8_000_000,
            200_000_000,
            40_000_000,
            List.of(
                new DiskUsage.ImageUse("sha256:" + FakeEngine.HEX, 2_000_000, 1_000_000, 0),
                new DiskUsage.ImageUse("sha256:other", 2_000_000, 1_000_000, 2)),
            List.of(
                new DiskUsage.ContainerUse(cli.engine.containers.get(0).id(), 1000, 0),
                new DiskUsage.ContainerUse(cli.engine.containers.get(1).id(), 2500, 500)),
            List.of(new DiskUsage.VolumeUse("data", 5000, 1)));
    assertEquals(
        """
        TYPE            TOTAL   ACTIVE   SIZE    RECLAIMABLE
        Images          2       1        3MB     1MB (33%)
        Containers      2       1        4kB     1kB (25%)
        Local Volumes   1       1        5kB     0B (0%)
        File systems    2       1        8MB     0B (0%)
        Templates       -       -        200MB   200MB (100%)
        Kernels         -       -        40MB    0B (0%)
        """,
        out("system", "df"));
    assertTrue(out("system", "df", "-v").contains("Exited (0) 3 hours ago"));
    assertEquals(
        "Images: 1MB (33%)",
        out("system", "df", "--format", "{{.Type}}: {{.Reclaimable}}").lines().findFirst().get());
  }

  @Test
  void infoTellsAboutTheEngine() {
    assertTrue(out("info").contains("Hypervisor:        qemu 7.2\n"), out("info"));
    assertTrue(out("system", "info", "--format", "json").contains("\"MemTotal\":2147483648"));
    assertEquals("kvm\n", out("info", "--format", "{{.Accelerator}}"));
  }

  @Test
  void pruningAsksFirst() {
    three();
    Result refused = cli.run("container", "prune").expect(1);
    assertTrue(refused.err().contains("Are you sure you want to continue? [y/N]"), refused.err());
    assertTrue(refused.err().contains("cancelled"), refused.err());
    assertEquals(3, cli.engine.containers.size());
    cli.in = new ByteArrayInputStream("y\n".getBytes(StandardCharsets.US_ASCII));
    assertTrue(out("container", "prune").endsWith("Total reclaimed space: 1kB\n"));
    assertEquals(List.of("web"), cli.engine.containers.stream().map(c -> c.name()).toList());
  }

  @Test
  void pruningTakesOnlyWhatTheFilterSays() {
    three();
    out("container", "prune", "-f", "--filter", "label=tier");
    assertEquals(2, cli.engine.containers.size());
    cli.run("container", "prune", "-f", "--filter", "status=exited").expect(1);
  }

  @Test
  void imagesArePrunedByName() {
    cli.engine.images.add(FakeEngine.image("named:1"));
    ImageSummary named = cli.engine.images.getFirst();
    cli.engine.images.add(
        new ImageSummary("sha256:d", "sha256:d", List.of(), named.platform(), 1, Optional.of(AT)));
    String dangling = out("image", "prune", "-f");
    assertEquals("Deleted Images:\nsha256:d\n\nTotal reclaimed space: 1kB\n", dangling);
    out("image", "prune", "-af");
    assertEquals(List.of(), cli.engine.images);
  }

  @Test
  void systemPruneTakesBoth() {
    three();
    cli.engine.images.add(FakeEngine.image("named:1"));
    assertTrue(out("system", "prune", "-f").contains("Deleted Containers:"));
    assertEquals(1, cli.engine.images.size());
    out("system", "prune", "-a", "-f");
    assertEquals(0, cli.engine.images.size());
  }

  @Test
  void imagesAreListedByPattern() {
    cli.engine.images.add(FakeEngine.image("alpine:3.20"));
    cli.engine.images.add(FakeEngine.image("busybox:1"));
    assertEquals("alpine\n", out("images", "--format", "{{.Repository}}", "alpine"));
    assertEquals("busybox:1\n", out("images", "--format", "{{.Repository}}:{{.Tag}}", "b*:1"));
    assertEquals("", out("images", "-q", "-f", "dangling=true"));
  }

  @Test
  void imagesAreNamedSentSavedAndRead(@TempDir Path temp) throws Exception {
    cli.engine.images.add(FakeEngine.image("a:1"));
    out("tag", "a:1", "b:2");
    assertEquals(
        "docker.io/b:2: digest: sha256:" + FakeEngine.HEX + "\n", out("push", "docker.io/b:2"));
    assertEquals("archive of [a:1]", out("save", "a:1"));
    Path file = temp.resolve("a.tar");
    out("image", "save", "-o", file.toString(), "a:1");
    assertEquals(
        "Loaded image: loaded:1\nLoaded image ID: sha256:" + FakeEngine.HEX + "\n",
        out("load", "-i", file.toString()));
    cli.in = new ByteArrayInputStream("root".getBytes(StandardCharsets.US_ASCII));
    out("import", "-m", "why", "-c", "USER x", "-", "c:3");
    assertEquals(
        List.of(
            "tag a:1 b:2",
            "push docker.io/b:2",
            "load archive of [a:1]",
            "import c:3 why [USER x]"),
        cli.engine.calls);
    assertTrue(cli.run("save", "gone").expect(1).err().contains("no such image: gone"));
    assertTrue(cli.run("load", "-i", "/no/such").expect(1).err().contains("cannot read /no/such"));
    assertTrue(cli.run("import", "http://x/y").expect(1).err().contains("curl"));
  }

  @Test
  void aPushTellsOfEachLayer() {
    String err = cli.run("push", "a:1").expect(0).err();
    assertEquals("0123456789ab: already there, 10B\naaaaaaaaaaaa: sent, 2kB\n", err);
    assertEquals("", cli.run("push", "-q", "a:1").expect(0).err());
  }

  @Test
  void historyIsCutToALine() {
    List<String> lines = out("history", "a").lines().toList();
    assertTrue(lines.get(0).startsWith("IMAGE          CREATED       CREATED BY"), lines.get(0));
    assertTrue(lines.get(1).startsWith("0123456789ab   3 weeks ago   /bin/sh -c"), lines.get(1));
    assertTrue(lines.get(1).contains("very much …   0B"), lines.get(1));
    assertTrue(lines.get(2).matches("<missing> +N/A +ADD x +3.46MB +base"), lines.get(2));
    String full = out("history", "--no-trunc", "-H=false", "a");
    assertTrue(full.contains("very much more than fits") && full.contains("3456789"), full);
    assertEquals(
        "sha256:" + FakeEngine.HEX + "\n<missing>\n", out("history", "-q", "--no-trunc", "a"));
  }

  @Test
  void inspectFillsTemplatesIn() {
    three();
    assertEquals("web\n", out("inspect", "-f", "{{.container}}", "web"));
    assertEquals("\"web\"\n", out("inspect", "--format", "{{json .container}}", "web"));
    assertEquals("[{\"container\":\"web\"}]\n", out("inspect", "-f", "json", "web"));
    assertEquals("web\nold\n", out("container", "inspect", "-f", "{{.container}}", "web", "old"));
    Result partly = cli.run("inspect", "-f", "{{.container}}", "gone", "web").expect(1);
    assertTrue(partly.out().endsWith("web\n"), partly.out());
    assertTrue(cli.run("inspect", "-f", "{{.x}}", "web").expect(1).err().contains("no field x"));
    assertTrue(cli.run("image", "inspect", "web").expect(1).err().contains("no such image"));
  }

  @Test
  void whatATemplatePrintsCannotMoveTheCursor() {
    container("web", new ContainerState.Failed(AT, "bad\u001b[2J"));
    assertFalse(out("ps", "-a", "--format", "{{.Status}}").contains("\u001b"));
    assertTrue(out("ps", "-aq").startsWith(FIRST));
  }

  @Test
  void anArchiveThatCannotBeWrittenLeavesNothingBehind(@TempDir Path temp) throws Exception {
    container("web", new ContainerState.Created(AT));
    cli.run("export", "-o", temp.resolve("no/such/dir").toString(), "web").expect(1);
    try (var files = Files.list(temp)) {
      assertEquals(0, files.count());
    }
  }
}
