package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the kernel loads such modules is shown by every test that starts a machine. */
class LeanModuleTest {
  /** What Linux overwrites a hook with (ideal_nops of five bytes). */
  private static final byte[] NOP5 = {0x0f, 0x1f, 0x44, 0, 0};

  @Test
  void leavesOutWhatOnlyHelpsToDebug() throws IOException {
    byte[] full = realModule();
    byte[] lean = LeanModule.of(full);
    assertTrue(lean.length < full.length * 4 / 5, lean.length + " of " + full.length);
    for (String gone : List.of(".BTF", ".orc_unwind", ".orc_unwind_ip", "__mcount_loc")) {
      assertTrue(ElfFile.parse(full).section(gone).isPresent(), gone);
      assertTrue(ElfFile.parse(lean).section(gone).isEmpty(), gone);
    }
    for (String kept : List.of(".modinfo", "__versions", ".rodata", ".data", ".symtab")) {
      assertEquals(ElfFile.parse(full).section(kept), ElfFile.parse(lean).section(kept), kept);
    }
    assertEquals(KernelModules.depends(full), KernelModules.depends(lean));
  }

  @Test
  void makesEachHookOfTheTracerANoOp() throws IOException {
    byte[] full = realModule();
    int hooks = ElfFile.parse(full).section("__mcount_loc").orElseThrow().remaining() / 8;
    assertTrue(hooks > 100, hooks + " hooks");
    byte[] lean = LeanModule.of(full);
    assertEquals(count(code(full), NOP5) + hooks, count(code(lean), NOP5));
  }

  private static byte[] realModule() throws IOException {
    return KernelModules.withoutSignature(
        Files.readAllBytes(TestKernel.get().modules().resolve("overlay.ko")));
  }

  private static byte[] code(byte[] module) {
    var all = new StringBuilder();
    for (String section : List.of(".text", ".init.text", ".text.unlikely", ".exit.text")) {
      ElfFile.parse(module)
          .section(section)
          .ifPresent(bytes -> all.append(StandardCharsets.ISO_8859_1.decode(bytes)));
    }
    return all.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int count(byte[] bytes, byte[] pattern) {
    int found = 0;
    for (int i = 0; i + pattern.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
        found++;
      }
    }
    return found;
  }

  @Test
  void damageIsNoticedOrHarmless() throws IOException {
    byte[] module = TestModule.needing("virtio");
    for (int i = 0; i < module.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = module.clone();
        damaged[i] = (byte) value;
        trimOrRefuse(damaged);
      }
      trimOrRefuse(Arrays.copyOf(module, i));
    }
    // The section table of a real one, with relocations and symbols.
    byte[] real =
        KernelModules.withoutSignature(
            Files.readAllBytes(TestKernel.get().modules().resolve("failover.ko")));
    for (int i = real.length - 2000; i < real.length; i++) {
      for (int value : new int[] {0, 0x7f, 0xff}) {
        byte[] damaged = real.clone();
        damaged[i] = (byte) value;
        trimOrRefuse(damaged);
      }
    }
  }

  private static void trimOrRefuse(byte[] module) {
    try {
      LeanModule.of(module);
    } catch (EngineException e) {
      assertEquals(Kind.CORRUPT, e.kind());
    }
  }
}
