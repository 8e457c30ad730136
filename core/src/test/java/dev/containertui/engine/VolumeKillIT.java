package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.MountText;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Volumes whose machine, or whose engine, is killed. */
@Timeout(600)
class VolumeKillIT {
  private static final String WRITE =
      "echo one > /x/kept; sync; echo written; i=0;"
          + " while true; do echo $i > /x/f$i; rm -f /x/f$((i-9)); i=$((i+1)); done";

  @TempDir Path home;
  private EngineConfig config;

  private static Container create(Engine engine, String image, String mount, String... command) {
    return engine
        .containers()
        .create(
            ContainerSpec.of(image)
                .mounts(List.of(MountText.volume(mount)))
                .arguments(command)
                .build());
  }

  private static String run(Container container) throws Exception {
    ContainerProcess process = container.start();
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    container.awaitEnd();
    return text.strip();
  }

  private void assertClean() throws Exception {
    Path disk = config.directories().volumes().resolve("data/disk.ext4");
    Process check =
        new ProcessBuilder("e2fsck", "-fn", disk.toString()).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes());
    assertEquals(0, check.waitFor(), said);
  }

  @Test
  void aMachineThatIsKilledLosesNothingThatWasSynced() throws Exception {
    config = TestEngine.prepare(home);
    try (LocalEngine engine = LocalEngine.open(config)) {
      String image = TestEngine.pullBusybox(engine).references().getFirst();
      for (int round = 0; round < 3; round++) {
        Container writer = create(engine, image, "data:/x", "sh", "-c", WRITE);
        ContainerProcess process = writer.start();
        assertEquals("written", process.inputReader().readLine());
        Thread.sleep(500);
        long machine = ((Running) writer.state()).machinePid();
        ProcessHandle.of(machine).orElseThrow().destroyForcibly();
        writer.awaitEnd();
        // Its journal is not empty: even who only reads has it alone until it is replayed.
        String mount = round == 1 ? "data:/x:ro" : "data:/x";
        assertEquals("one", run(create(engine, image, mount, "cat", "/x/kept")));
        assertClean();
      }
    }
    Leftovers.assertNone(config);
  }

  @Test
  void anEngineThatIsKilledLeavesItsVolumesToTheirMachines() throws Exception {
    config = TestEngine.prepare(home);
    String image;
    try (LocalEngine engine = LocalEngine.open(config)) {
      image = TestEngine.pullBusybox(engine).references().getFirst();
    }
    LocalEngine first = LocalEngine.openSupervising(config);
    Container writer =
        create(first, image, "data:/x", "sh", "-c", "echo one > /x/kept; echo written; sleep 9999");
    assertEquals("written", writer.start().inputReader().readLine());
    // As good as a kill: nothing of it is told to anybody.
    first.detach();
    try (LocalEngine second = LocalEngine.openSupervising(config)) {
      Container other = create(second, image, "data:/x", "cat", "/x/kept");
      EngineException refused = assertThrows(EngineException.class, other::start);
      assertEquals(Kind.CONFLICT, refused.kind());
      assertTrue(
          refused.getMessage().contains("in use by container " + writer.name()),
          refused.getMessage());
      assertEquals(
          Kind.CONFLICT,
          assertThrows(EngineException.class, () -> second.volumes().remove("data")).kind());
      second.containers().find(writer.id()).orElseThrow().stop(Duration.ZERO);
      assertEquals("one", run(other));
      assertClean();
      second.containers().list(true).forEach(container -> container.remove(true));
      second.volumes().remove("data");
      assertEquals(List.of(), second.volumes().list());
    }
    Leftovers.assertNone(config);
  }
}
