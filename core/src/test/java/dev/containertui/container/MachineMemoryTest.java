package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineMemoryTest {
  private static final long MIB = 1L << 20;
  private static final long HOST = 64L << 30;

  private static MachineMemory of(long limit, long host) {
    return MachineMemory.of(OptionalLong.of(limit), host);
  }

  private static EngineException refused(long limit, long host) {
    return assertThrows(EngineException.class, () -> of(limit, host));
  }

  @ParameterizedTest
  @CsvSource({
    "6, 128",
    "40, 128",
    "41, 192",
    "64, 192",
    "100, 192",
    "128, 256",
    "256, 384",
    "280, 384",
    "281, 512",
    "512, 768",
    "640, 768",
    "641, 1024",
    "1024, 1536",
    "2048, 3072",
    "32768, 49152"
  })
  void theMachineIsOfTheSmallestClassThatHoldsLimitAndKernel(long limitMib, long classMib) {
    MachineMemory memory = of(limitMib * MIB, HOST);
    assertEquals(limitMib * MIB, memory.limitBytes().orElseThrow());
    assertEquals(classMib * MIB, memory.classBytes());
    assertEquals(memory.classBytes(), memory.machineBytes());
  }

  @Test
  void everyLimitFitsAndFewShapesServeAll() {
    var classes = new TreeSet<Long>();
    for (long limit = MachineMemory.MIN_LIMIT_BYTES; limit < 4096 * MIB; limit += 777_777) {
      MachineMemory memory = of(limit, HOST);
      assertTrue(limit + memory.overheadBytes() <= memory.machineBytes(), memory::toString);
      classes.add(memory.classBytes() / MIB);
    }
    assertEquals(
        List.of(128L, 192L, 256L, 384L, 512L, 768L, 1024L, 1536L, 2048L, 3072L, 4096L, 6144L),
        new ArrayList<>(classes));
  }

  @Test
  void withoutALimitTheMachineIsOfTheDefaultClass() {
    MachineMemory memory = MachineMemory.of(OptionalLong.empty(), HOST);
    assertEquals(OptionalLong.empty(), memory.limitBytes());
    assertEquals(512 * MIB, memory.machineBytes());
  }

  @Test
  void aClassAboveTheHostsMemoryIsCutIfTheLimitStillFits() {
    long host = 24_000 * MIB + 12_345;
    MachineMemory memory = of(20L << 30, host);
    assertEquals(24L << 30, memory.classBytes());
    assertEquals(24_000 * MIB, memory.machineBytes());
    EngineException much = refused(23L << 30, host);
    assertEquals(Kind.EXHAUSTED, much.kind());
    assertEquals(
        "23552 MiB of memory were asked for, and a machine of that size needs 1580 more for"
            + " itself, but this host has 24000 MiB",
        much.getMessage());
  }

  @Test
  void whatNoHostHasIsRefused() {
    EngineException much = refused(900_000L << 30, HOST);
    assertEquals(Kind.EXHAUSTED, much.kind());
    assertEquals(
        "921600000 MiB of memory were asked for, but this host has 65536 MiB", much.getMessage());
    assertEquals(Kind.EXHAUSTED, refused(Long.MAX_VALUE, Long.MAX_VALUE).kind());
    of(MachineMemory.MAX_BYTES, Long.MAX_VALUE);
  }

  @Test
  void whatIsTooLittleForAnyProgramIsRefused() {
    for (long limit : new long[] {Long.MIN_VALUE, -1, 0, 6 * MIB - 1}) {
      EngineException little = refused(limit, HOST);
      assertEquals(Kind.INVALID, little.kind());
      assertTrue(little.hint().contains("6 MiB"), little::hint);
    }
  }
}
