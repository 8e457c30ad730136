package dev.containertui.agent;

import java.util.Optional;

/**
 * A program of an image that its containers will probably run (PROTOCOL.md section 6): the guest
 * reads it while the template is made, so that clones have it in their memory.
 *
 * @param program as the first word of a command, 1–4095 bytes
 * @param path the directories where it is looked up, 1–4095 bytes
 */
public record ReadAhead(String program, String path) {
  private static final int MAX_BYTES = 4095;

  /** Empty if one of them is too long, or empty, for a guest. */
  public static Optional<ReadAhead> of(String program, String path) {
    return fits(program) && fits(path)
        ? Optional.of(new ReadAhead(program, path))
        : Optional.empty();
  }

  private static boolean fits(String text) {
    int length = text.getBytes().length;
    return length > 0 && length <= MAX_BYTES && text.indexOf(0) < 0;
  }
}
