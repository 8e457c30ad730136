package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.Engine.Finding;
import dev.containertui.engine.Engine.Finding.Level;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
  private static final String MANIFEST =
      """
      {"version": 1, "identity": ["a"], "kernelRelease": "6.1.0", "accelerator": "tcg", "vcpus": 1,
       "memoryBytes": 536870912, "createdAt": "2026-01-01T00:00:00Z", "hostBoot": "b",
       "files": {"memory": {"sizeBytes": 536870912, "stamp": "s",
                            "extents": [{"offset": 0, "length": 3145728, "crc32c": 7}]}}}
      """;

  @TempDir Path home;

  private EngineConfig config(boolean coldBoot) {
    return EngineConfig.of(
        StateDirectories.below(home), Map.of("CONTAINER_TUI_COLD_BOOT", coldBoot ? "1" : "0"));
  }

  private void haveATemplate() throws IOException {
    Path directory = StateDirectories.below(home).templates().resolve("2f0c000000000001");
    Files.writeString(
        Files.createDirectories(directory).resolve("template.json"), MANIFEST.strip());
  }

  private static Finding templates(List<Finding> findings) {
    return about("templates", findings);
  }

  private static Finding about(String subject, List<Finding> findings) {
    return findings.stream().filter(f -> f.subject().equals(subject)).findFirst().orElseThrow();
  }

  private Finding templates(EngineConfig config) {
    try (LocalEngine engine = LocalEngine.open(config)) {
      return templates(engine.diagnose());
    }
  }

  @Test
  void countsTemplatesAndWhatTheyTake() throws IOException {
    haveATemplate();
    Finding finding = templates(config(false));
    assertEquals(Level.OK, finding.level());
    assertTrue(
        finding.detail().startsWith("1 in " + home + "/cache/templates, 3.0 MiB; "),
        finding.detail());
  }

  @Test
  void saysThatMachinesBootBecauseSomebodyWantsItSo() throws IOException {
    assertEquals("", templates(config(true)).hint());
    haveATemplate();
    Finding finding = templates(config(true));
    assertEquals(Level.NOTE, finding.level());
    assertTrue(finding.detail().startsWith("every machine boots, as it is configured; 1 in "));
    assertEquals("container-tui template prune --all frees their space", finding.hint());
  }

  @Test
  void saysThatMachinesBootBecauseTheHypervisorCannotClone() {
    EngineConfig config = config(false);
    try (LocalEngine engine = LocalEngine.open(config)) {
      Finding finding =
          templates(
              new Diagnosis(
                      config,
                      new PlainHypervisor(),
                      engine.kernels(),
                      engine.images(),
                      engine.templates(),
                      List::of)
                  .run());
      assertEquals(Level.NOTE, finding.level());
      assertEquals("every machine boots: plain cannot clone machines", finding.detail());
    }
  }

  @Test
  void namesTheRecordOfAContainerThatCannotBeRead() throws IOException {
    try (LocalEngine engine = LocalEngine.open(config(false))) {
      assertEquals(Level.OK, about("containers", engine.diagnose()).level());
      Path container =
          Files.createDirectories(
              StateDirectories.below(home).containers().resolve("ab".repeat(32)));
      Path record = Files.writeString(container.resolve("container.json"), "{");
      Finding finding = about("containers", engine.diagnose());
      assertEquals(Level.PROBLEM, finding.level());
      assertEquals("1 cannot be listed, the record is damaged: " + record, finding.detail());
      assertTrue(finding.hint().endsWith(container.toString()), finding.hint());
    }
  }

  private static final class PlainHypervisor implements Hypervisor {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public Availability available() {
      return new Availability(true, "tcg", "1", "a test");
    }

    @Override
    public VirtualMachine start(VmSpec spec) {
      throw new UnsupportedOperationException();
    }
  }
}
