package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Makes a kernel module (an ELF64 relocatable file, System V gABI, chapter 4) cheap to load, by
 * leaving out what only helps to debug the kernel:
 *
 * <ul>
 *   <li>type information for BPF programs, which Linux checks entry by entry;
 *   <li>tables for stack traces, which Linux relocates and sorts; traces through this module become
 *       less exact;
 *   <li>the function tracer's hooks. Linux overwrites each call of {@code __fentry__} with a no-op
 *       when it loads a module; here that is done beforehand, so functions of this module cannot be
 *       traced.
 * </ul>
 *
 * <p>Sections keep their numbers: one that is left out becomes an empty one of type SHT_NULL.
 */
final class LeanModule {
  private static final Set<String> UNNEEDED =
      Set.of(".BTF", ".orc_unwind", ".orc_unwind_ip", "__mcount_loc", ".comment");

  private static final int HEADER_BYTES = 64;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final int RELOCATION_BYTES = 24;
  private static final int SYMBOL_BYTES = 24;
  private static final short RELOCATABLE = 1;

  private static final int SHT_NULL = 0;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_RELA = 4;
  private static final int SHT_NOBITS = 8;

  private static final int R_X86_64_NONE = 0;
  private static final int R_X86_64_PC32 = 2;
  private static final int R_X86_64_PLT32 = 4;

  private static final byte CALL = (byte) 0xe8;

  /** {@code nopl 0(%rax,%rax,1)}, the one instruction of five bytes that does nothing. */
  private static final byte[] NOP5 = {0x0f, 0x1f, 0x44, 0, 0};

  private final byte[] bytes;
  private final ByteBuffer file;
  private final int count;
  private final Section[] sections;

  private record Section(
      int name, int type, int offset, int size, int link, int info, long alignment) {}

  private LeanModule(byte[] module) {
    bytes = module.clone();
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long table = file.getLong(40);
    count = Short.toUnsignedInt(file.getShort(60));
    if (file.getShort(16) != RELOCATABLE || file.getShort(58) != SECTION_HEADER_BYTES) {
      throw corrupt("it is no relocatable file");
    }
    int tableAt = checked(table, (long) count * SECTION_HEADER_BYTES);
    sections = new Section[count];
    long total = 0;
    for (int i = 0; i < count; i++) {
      sections[i] = section(tableAt + i * SECTION_HEADER_BYTES);
      total += sections[i].size();
    }
    if (total > bytes.length) {
      throw corrupt("its sections overlap");
    }
  }

  private Section section(int at) {
    int type = file.getInt(at + 4);
    boolean inFile = type != SHT_NULL && type != SHT_NOBITS;
    long size = file.getLong(at + 32);
    long alignment = file.getLong(at + 48);
    if (alignment < 0 || alignment > 4096 || Long.bitCount(alignment) > 1) {
      throw corrupt("a section has an alignment of " + alignment);
    }
    return new Section(
        file.getInt(at),
        type,
        inFile ? checked(file.getLong(at + 24), size) : 0,
        inFile ? (int) size : 0,
        file.getInt(at + 40),
        file.getInt(at + 44),
        Math.max(1, alignment));
  }

  /**
   * The same module, smaller. One of another architecture than x86-64 is returned as it is.
   *
   * @param module without a signature: its bytes would not fit any more
   * @throws EngineException CORRUPT if it is no module
   */
  static byte[] of(byte[] module) {
    if (ElfFile.parse(module).machine() != ElfFile.MACHINE_X86_64) {
      return module;
    }
    var lean = new LeanModule(module);
    lean.removeTracerCalls();
    return lean.withoutUnneeded();
  }

  private void removeTracerCalls() {
    for (Section relocations : sections) {
      if (relocations.type() != SHT_RELA) {
        continue;
      }
      Section target = at(relocations.info());
      Section symbols = at(relocations.link());
      if (symbols.type() != SHT_SYMTAB) {
        throw corrupt("relocations have no symbols");
      }
      Section names = at(symbols.link());
      for (int i = 0; i + RELOCATION_BYTES <= relocations.size(); i += RELOCATION_BYTES) {
        removeTracerCall(relocations.offset() + i, target, symbols, names);
      }
    }
  }

  private void removeTracerCall(int relocation, Section target, Section symbols, Section names) {
    int type = file.getInt(relocation + 8);
    long symbol = Integer.toUnsignedLong(file.getInt(relocation + 12)) * SYMBOL_BYTES;
    long place = file.getLong(relocation);
    if ((type != R_X86_64_PLT32 && type != R_X86_64_PC32)
        || symbol + SYMBOL_BYTES > symbols.size()
        || !name(names, file.getInt(symbols.offset() + (int) symbol)).equals("__fentry__")
        || place < 1
        || place > target.size() - 4
        || bytes[target.offset() + (int) place - 1] != CALL) {
      return;
    }
    System.arraycopy(NOP5, 0, bytes, target.offset() + (int) place - 1, NOP5.length);
    file.putInt(relocation + 8, R_X86_64_NONE);
  }

  private byte[] withoutUnneeded() {
    var out = new ByteArrayOutputStream(bytes.length);
    ByteBuffer headers =
        ByteBuffer.allocate(count * SECTION_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(bytes, 0, HEADER_BYTES);
    int tableAt = (int) file.getLong(40);
    for (int i = 0; i < count; i++) {
      Section section = sections[i];
      if (isUnneeded(section)) {
        continue;
      }
      int header = i * SECTION_HEADER_BYTES;
      headers.put(header, bytes, tableAt + header, SECTION_HEADER_BYTES);
      align(out, section.alignment());
      headers.putLong(header + 24, i == 0 ? 0 : out.size());
      out.write(bytes, section.offset(), section.size());
    }
    align(out, 8);
    int newTableAt = out.size();
    out.writeBytes(headers.array());
    byte[] result = out.toByteArray();
    ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putLong(40, newTableAt);
    return result;
  }

  private boolean isUnneeded(Section section) {
    // Relocations of a section that is not there have nothing to relocate.
    Section named = section.type() == SHT_RELA ? at(section.info()) : section;
    Section names = at(Short.toUnsignedInt(file.getShort(62)));
    return named.type() != SHT_NULL && UNNEEDED.contains(name(names, named.name()));
  }

  private Section at(int index) {
    if (index < 0 || index >= count) {
      throw corrupt("there is no section " + index);
    }
    return sections[index];
  }

  private String name(Section names, int offset) {
    if (offset < 0 || offset >= names.size()) {
      throw corrupt("a name lies outside of its section");
    }
    int start = names.offset() + offset;
    int end = start;
    while (end < names.offset() + names.size() && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private int checked(long offset, long size) {
    if (offset < 0 || size < 0 || offset > bytes.length || size > bytes.length - offset) {
      throw corrupt("%d bytes at %d lie outside of the file".formatted(size, offset));
    }
    return (int) offset;
  }

  private static void align(ByteArrayOutputStream out, long alignment) {
    while (out.size() % alignment != 0) {
      out.write(0);
    }
  }

  private static EngineException corrupt(String what) {
    return new EngineException(Kind.CORRUPT, "not a usable kernel module: " + what);
  }
}
