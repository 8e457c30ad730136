package dev.containertui.demo;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The distribution's static busybox.
 *
 * @param program the file's bytes
 * @param applets the names by which it can be called, itself not among them
 */
record Busybox(byte[] program, List<String> applets) {
  private static final List<Path> PLACES =
      List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"), Path.of("/bin/busybox.static"));
  private static final long MAX_BYTES = 16 << 20;
  private static final Pattern APPLET = Pattern.compile("[a-zA-Z0-9_.\\[-]{1,64}");
  private static final int PT_INTERP = 3;

  /** Finds it. Fails with UNAVAILABLE if there is none that runs without libraries. */
  static Busybox find() {
    for (Path place : PLACES) {
      Optional<Busybox> found = read(place);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new EngineException(
        Kind.UNAVAILABLE,
        "the demo makes its image of a static busybox, and there is none at " + PLACES.getFirst(),
        "install it: apt-get install busybox-static");
  }

  private static Optional<Busybox> read(Path place) {
    try {
      if (!Files.isExecutable(place) || Files.size(place) > MAX_BYTES) {
        return Optional.empty();
      }
      byte[] program = Files.readAllBytes(place);
      return isStatic(program)
          ? Optional.of(new Busybox(program, applets(place)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether these bytes are a 64-bit little-endian ELF program without an interpreter, which is
   * what loads shared libraries (elf(5), program header type PT_INTERP).
   */
  static boolean isStatic(byte[] bytes) {
    ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64 || elf.getInt(0) != 0x464c457f || bytes[4] != 2 || bytes[5] != 1) {
      return false;
    }
    long table = elf.getLong(32);
    int entryBytes = Short.toUnsignedInt(elf.getShort(54));
    int entries = Short.toUnsignedInt(elf.getShort(56));
    if (table < 64 || entryBytes < 56 || table + (long) entries * entryBytes > bytes.length) {
      return false;
    }
    for (int i = 0; i < entries; i++) {
      if (elf.getInt((int) table + i * entryBytes) == PT_INTERP) {
        return false;
      }
    }
    return true;
  }

  private static List<String> applets(Path place) throws IOException {
    Process process = new ProcessBuilder(place.toString(), "--list").start();
    process.getOutputStream().close();
    String names = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "demo cancelled", e);
    }
    return names
        .lines()
        .filter(name -> !name.equals("busybox") && APPLET.matcher(name).matches())
        .distinct()
        .toList();
  }
}
