package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelModulesTest {
  @Test
  void ordersEachModuleAfterWhatItNeeds() {
    Map<String, byte[]> modules =
        Map.of(
            "virtio_net", TestModule.needing("net_failover,virtio,virtio_ring"),
            "net_failover", TestModule.needing("failover"),
            "failover", TestModule.needing(""),
            "virtio_mmio", TestModule.needing("virtio_ring,virtio"),
            "virtio", TestModule.needing("virtio-ring,builtin-thing"),
            "virtio_ring", TestModule.needing(""),
            "nobody_wants_it", TestModule.needing(""));
    assertEquals(
        List.of("virtio_ring", "virtio", "virtio_mmio", "failover", "net_failover", "virtio_net"),
        List.copyOf(KernelModules.inLoadOrder(modules, Set.of("builtin_thing")).keySet()));
  }

  @Test
  void wantsNothingOfAKernelThatHasAllBuiltIn() {
    assertEquals(Set.of(), KernelModules.missing(Map.of(), Set.copyOf(KernelModules.WANTED)));
    assertEquals(
        Set.of("virtio_rng", "overlay"),
        KernelModules.builtin("kernel/drivers/virtio-rng.ko\n\nkernel/fs/overlayfs/overlay.ko\n"));
  }

  @Test
  void takesSignaturesOff() throws IOException {
    InstalledKernel kernel = TestKernel.get();
    byte[] signed = Files.readAllBytes(kernel.modules().resolve("virtio_blk.ko"));
    byte[] bare = KernelModules.withoutSignature(signed);
    assertTrue(bare.length < signed.length - 100, bare.length + " of " + signed.length);
    assertEquals(KernelModules.depends(signed), KernelModules.depends(bare));
    assertArrayEquals(bare, KernelModules.withoutSignature(bare));

    byte[] marker = Arrays.copyOfRange(signed, signed.length - 40, signed.length);
    assertThrows(EngineException.class, () -> KernelModules.withoutSignature(marker));
  }

  @Test
  void refusesAMissingNeedAndACircle() {
    assertCorrupt(Map.of("virtio_blk", TestModule.needing("not_there")));
    assertCorrupt(
        Map.of("overlay", TestModule.needing("other"), "other", TestModule.needing("overlay")));
  }

  private static void assertCorrupt(Map<String, byte[]> modules) {
    var refused =
        assertThrows(EngineException.class, () -> KernelModules.inLoadOrder(modules, Set.of()));
    assertEquals(Kind.CORRUPT, refused.kind());
  }

  @Test
  void everyDamageToAModuleIsNoticedOrHarmless() {
    byte[] module = TestModule.needing("virtio");
    for (int i = 0; i < module.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = module.clone();
        damaged[i] = (byte) value;
        readOrRefuse(damaged);
      }
      readOrRefuse(Arrays.copyOf(module, i));
    }
  }

  private static void readOrRefuse(byte[] module) {
    try {
      KernelModules.depends(module);
    } catch (EngineException e) {
      assertEquals(Kind.CORRUPT, e.kind());
    }
  }
}
