package dev.containertui.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoPartsTest {
  @Test
  void aTimelineIsDrawnToScale() {
    BootTimeline timeline =
        new BootTimeline(
            "cold boot: a test",
            List.of(
                new Mark("vmm", Duration.ofMillis(100)),
                new Mark("kernel", Duration.ofMillis(300)),
                new Mark("init", Duration.ofNanos(300_100_000)),
                new Mark("process", Duration.ofMillis(400))));
    assertEquals(
        List.of(
            "cold boot: a test",
            "step          took     done at",
            "vmm       100.0 ms    100.0 ms  ██",
            "kernel    200.0 ms    300.0 ms    ████",
            "init        0.1 ms    300.1 ms        ▏",
            "process    99.9 ms    400.0 ms        ██"),
        BootChart.lines(timeline, 8));
    assertEquals(List.of(), BootChart.lines(BootTimeline.empty(), 8));
  }

  @Test
  void theDistributionsBusyboxIsFoundAndStatic() {
    Busybox busybox = Busybox.find();
    assertTrue(busybox.applets().containsAll(List.of("sh", "ps", "mount", "uname", "df", "cat")));
    assertFalse(busybox.applets().contains("busybox"));
  }

  @Test
  void whatNeedsLibrariesOrIsNoProgramIsNotStatic() throws Exception {
    assertFalse(Busybox.isStatic(Files.readAllBytes(Path.of("/bin/ls"))));
    assertFalse(Busybox.isStatic("#!/bin/sh\n".repeat(20).getBytes()));
    assertFalse(Busybox.isStatic(new byte[0]));
    byte[] cut = Arrays.copyOf(Busybox.find().program(), 64);
    assertFalse(Busybox.isStatic(cut));
  }
}
