package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against payloads that the real compressors make, with the options of Linux' build. */
class BzImageTest {
  private static final int SETUP_BYTES = 5 * 512;
  private static final int PAYLOAD_OFFSET = 100;
  private static final byte[] VMLINUX = vmlinux();

  @TempDir Path directory;

  /** More than one LZ4 block of 8 MiB; partly compressible. */
  private static byte[] vmlinux() {
    var bytes = new byte[(9 << 20) + 123];
    new Random(1).nextBytes(bytes);
    Arrays.fill(bytes, 1000, 8 << 20, (byte) 'x');
    return bytes;
  }

  /** A setup header as of boot protocol 2.15 around a payload. */
  static byte[] image(byte[] payload, int claimedLength) {
    ByteBuffer image =
        ByteBuffer.allocate(SETUP_BYTES + PAYLOAD_OFFSET + payload.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    image.put(0x1f1, (byte) 4);
    image.put(0x202, "HdrS".getBytes(StandardCharsets.US_ASCII));
    image.putShort(0x206, (short) 0x20f);
    image.putShort(0x20e, (short) 0x300);
    image.put(0x500, "6.1.0-test (someone@somewhere) #1\0".getBytes(StandardCharsets.US_ASCII));
    image.putInt(0x248, PAYLOAD_OFFSET);
    image.putInt(0x24c, claimedLength);
    return image.put(SETUP_BYTES + PAYLOAD_OFFSET, payload).array();
  }

  /** What Linux' build appends to all payloads but gzip's, which ends like that by itself. */
  private static byte[] withSize(byte[] packed, int size) {
    return ByteBuffer.allocate(packed.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(packed)
        .putInt(size)
        .array();
  }

  private byte[] pack(String command, byte[] content) throws IOException, InterruptedException {
    Path in = Files.write(directory.resolve("in"), content);
    Path out = directory.resolve("out");
    int status =
        new ProcessBuilder(command.split(" "))
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    assertEquals(0, status, command);
    return Files.readAllBytes(out);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip -n -c, false",
    "xz --check=crc32 --x86 --lzma2=dict=32MiB -c, true",
    "lz4 -l -q -c, true",
    "zstd -q -c, true",
    "bzip2 -c, true",
    "lzma -c, true"
  })
  void unpacksWhatTheCompressorsOfLinuxMake(String command, boolean sizeAppended)
      throws IOException, InterruptedException {
    byte[] packed = pack(command, VMLINUX);
    byte[] payload = sizeAppended ? withSize(packed, VMLINUX.length) : packed;
    BzImage image = BzImage.parse(image(payload, payload.length));
    assertArrayEquals(VMLINUX, image.vmlinux());
    assertEquals("6.1.0-test", image.release());
  }

  @Test
  void refusesADamagedPayload() throws IOException, InterruptedException {
    for (String command : new String[] {"xz -c", "zstd -q -c", "lz4 -l -q -c"}) {
      byte[] packed = pack(command, VMLINUX);
      byte[] cut = withSize(Arrays.copyOf(packed, packed.length / 2), VMLINUX.length);
      assertCorrupt(image(cut, cut.length));
      byte[] liesAboutSize = withSize(packed, VMLINUX.length + 1);
      assertCorrupt(image(liesAboutSize, liesAboutSize.length));
      byte[] huge = withSize(packed, -1);
      assertCorrupt(image(huge, huge.length));
    }
  }

  @Test
  void refusesAPayloadOutsideOfTheFile() {
    byte[] payload = withSize(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 100);
    assertCorrupt(image(payload, payload.length + 1));
    assertCorrupt(image(payload, -1));
    assertCorrupt(image(payload, 0));
  }

  @Test
  void refusesAnUnknownPackingAndAnOldProtocol() {
    byte[] payload = withSize("what is this".getBytes(StandardCharsets.US_ASCII), 100);
    assertTrue(assertCorrupt(image(payload, payload.length)).getMessage().contains("unknown way"));
    byte[] old = image(payload, payload.length);
    old[0x206] = 7;
    assertTrue(assertCorrupt(old).getMessage().contains("2.07"));
  }

  @Test
  void survivesEveryFlippedHeaderByte() {
    byte[] payload = withSize(new byte[64], 100);
    for (int i = 0x1f1; i < 0x250; i++) {
      byte[] image = image(payload, payload.length);
      image[i] = (byte) ~image[i];
      assertThrows(
          EngineException.class,
          () -> {
            BzImage parsed = BzImage.parse(image);
            parsed.release();
            parsed.vmlinux();
          });
    }
  }

  private static EngineException assertCorrupt(byte[] image) {
    var refused = assertThrows(EngineException.class, () -> BzImage.parse(image).vmlinux());
    assertEquals(Kind.CORRUPT, refused.kind());
    return refused;
  }
}
