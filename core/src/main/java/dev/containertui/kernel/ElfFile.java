package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The few parts of a little-endian ELF64 file (System V gABI, chapters 4 and 5) that matter here:
 * sections by name, and notes in program segments. Every offset is checked against the file.
 */
final class ElfFile {
  static final int MACHINE_X86_64 = 62;

  private static final int HEADER_BYTES = 64;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PT_NOTE = 4;
  private static final int SHT_NOBITS = 8;

  private final ByteBuffer file;

  private ElfFile(ByteBuffer file) {
    this.file = file;
  }

  static boolean matches(byte[] bytes) {
    return bytes.length >= HEADER_BYTES
        && bytes[0] == 0x7f
        && bytes[1] == 'E'
        && bytes[2] == 'L'
        && bytes[3] == 'F';
  }

  /**
   * @throws EngineException CORRUPT if this is no little-endian ELF64 file
   */
  static ElfFile parse(byte[] bytes) {
    if (!matches(bytes) || bytes[4] != 2 || bytes[5] != 1) {
      throw corrupt("no 64-bit little-endian ELF header");
    }
    return new ElfFile(
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asReadOnlyBuffer()
            .order(ByteOrder.LITTLE_ENDIAN));
  }

  int machine() {
    return Short.toUnsignedInt(file.getShort(18));
  }

  /** The bytes of the first section of that name. */
  Optional<ByteBuffer> section(String name) {
    long table = file.getLong(40);
    int entryBytes = Short.toUnsignedInt(file.getShort(58));
    int count = Short.toUnsignedInt(file.getShort(60));
    int namesIndex = Short.toUnsignedInt(file.getShort(62));
    if (count == 0) {
      return Optional.empty();
    }
    if (entryBytes < SECTION_HEADER_BYTES || namesIndex >= count) {
      throw corrupt("its section table is malformed");
    }
    ByteBuffer headers = slice(table, (long) entryBytes * count);
    ByteBuffer names = contents(headers, namesIndex * entryBytes);
    for (int i = 0; i < count; i++) {
      int at = i * entryBytes;
      if (nameMatches(names, headers.getInt(at), name) && headers.getInt(at + 4) != SHT_NOBITS) {
        return Optional.of(contents(headers, at));
      }
    }
    return Optional.empty();
  }

  /** Whether a program segment holds a note with this owner and type. */
  boolean hasNote(String owner, int type) {
    long table = file.getLong(32);
    int entryBytes = Short.toUnsignedInt(file.getShort(54));
    int count = Short.toUnsignedInt(file.getShort(56));
    if (count == 0 || entryBytes < PROGRAM_HEADER_BYTES) {
      return false;
    }
    ByteBuffer headers = slice(table, (long) entryBytes * count);
    for (int i = 0; i < count; i++) {
      int at = i * entryBytes;
      if (headers.getInt(at) == PT_NOTE
          && hasNote(slice(headers.getLong(at + 8), headers.getLong(at + 32)), owner, type)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasNote(ByteBuffer notes, String owner, int type) {
    while (notes.remaining() >= 12) {
      long nameBytes = Integer.toUnsignedLong(notes.getInt());
      long descriptionBytes = Integer.toUnsignedLong(notes.getInt());
      int noteType = notes.getInt();
      long skip = align4(nameBytes) + align4(descriptionBytes);
      if (skip > notes.remaining()) {
        return false;
      }
      if (noteType == type && nameMatches(notes, notes.position(), owner)) {
        return true;
      }
      notes.position(notes.position() + (int) skip);
    }
    return false;
  }

  private static long align4(long value) {
    return (value + 3) & ~3L;
  }

  private static boolean nameMatches(ByteBuffer buffer, int offset, String name) {
    byte[] expected = (name + '\0').getBytes(StandardCharsets.US_ASCII);
    if (offset < 0 || offset > buffer.limit() - expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (buffer.get(offset + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private ByteBuffer contents(ByteBuffer headers, int at) {
    return slice(headers.getLong(at + 24), headers.getLong(at + 32));
  }

  private ByteBuffer slice(long offset, long bytes) {
    if (offset < 0 || bytes < 0 || offset > file.limit() || bytes > file.limit() - offset) {
      throw corrupt("%d bytes at %d lie outside of the file".formatted(bytes, offset));
    }
    return file.slice((int) offset, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static EngineException corrupt(String what) {
    return new EngineException(Kind.CORRUPT, "not a usable ELF file: " + what);
  }
}
