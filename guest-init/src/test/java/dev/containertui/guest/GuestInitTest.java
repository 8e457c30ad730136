package dev.containertui.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestInitTest {
  private static final int PROGRAM_INTERPRETER = 3;

  @AfterEach
  void forgetDirectory() {
    System.clearProperty(GuestInit.DIRECTORY_PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({"x86_64,62", "aarch64,183"})
  void isASmallElfOfItsArchitecture(String architecture, int machine) {
    byte[] binary = GuestInit.binary(architecture);
    var elf = ByteBuffer.wrap(binary).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0x464c457f, elf.getInt(0));
    assertEquals(machine, elf.getShort(18));
    assertTrue(binary.length < 150_000, binary.length + " bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  void needsNothingElseInItsFileSystem(String architecture) {
    var elf = ByteBuffer.wrap(GuestInit.binary(architecture)).order(ByteOrder.LITTLE_ENDIAN);
    int headers = (int) elf.getLong(32);
    int size = elf.getShort(54);
    int count = elf.getShort(56);
    assertTrue(count > 0);
    for (int i = 0; i < count; i++) {
      assertTrue(elf.getInt(headers + i * size) != PROGRAM_INTERPRETER, "it is not static");
    }
  }

  @Test
  void knowsTheNamesOfOtherWorlds() {
    assertArrayEquals(GuestInit.binary("x86_64"), GuestInit.binary("amd64"));
    assertEquals(GuestInit.digest("aarch64"), GuestInit.digest("arm64"));
    assertThrows(IllegalArgumentException.class, () -> GuestInit.binary("riscv64"));
    assertThrows(IllegalArgumentException.class, () -> GuestInit.binary("../init-x86_64"));
  }

  @Test
  void canBeTakenFromADirectory(@TempDir Path directory) throws Exception {
    System.setProperty(GuestInit.DIRECTORY_PROPERTY, directory.toString());
    assertThrows(UncheckedIOException.class, () -> GuestInit.binary("x86_64"));
    Files.write(directory.resolve("init-x86_64"), new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, GuestInit.binary("x86_64"));
  }

  @Test
  void digestIsOfTheBytes(@TempDir Path directory) throws Exception {
    System.setProperty(GuestInit.DIRECTORY_PROPERTY, directory.toString());
    Files.write(directory.resolve("init-aarch64"), "abc".getBytes());
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        GuestInit.digest("aarch64"));
  }
}
