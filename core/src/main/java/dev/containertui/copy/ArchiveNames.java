package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names in an archive of one top-level entry, checked, and changed to what this entry is to be
 * called.
 *
 * @param from what it is called in the archive; {@code .} if the archive has a directory's contents
 * @param to what it is to be called; {@code .}: its contents go where it would have gone
 */
record ArchiveNames(String from, String to) {
  private static final int MAX_PART_BYTES = 255;
  private static final int MAX_PARTS = 1024;

  /**
   * The parts of an entry's new path; none for the directory that the archive is unpacked in.
   *
   * @throws EngineException CORRUPT if the name leads out of there, or is not one of this archive
   */
  List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    if (name.startsWith("/")) {
      throw bad(name, "is absolute");
    }
    for (String part : name.split("/")) {
      if (part.equals("..")) {
        throw bad(name, "leads out of it");
      }
      if (part.indexOf('\0') >= 0) {
        throw bad(name, "has a NUL byte");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
        throw bad(name, "has a part of more than 255 bytes");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.size() > MAX_PARTS) {
      throw bad(name, "has more than " + MAX_PARTS + " parts");
    }
    if (!from.equals(".")) {
      if (parts.isEmpty() || !parts.getFirst().equals(from)) {
        throw bad(name, "is not below " + from);
      }
      parts.removeFirst();
    }
    if (!to.equals(".")) {
      parts.addFirst(to);
    }
    return parts;
  }

  private static EngineException bad(String name, String why) {
    String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return new EngineException(
        Kind.CORRUPT, "the archive has an entry whose name " + why + ": " + shown);
  }
}
