package dev.containertui.agent;

import java.util.Optional;

/**
 * A file system that the container finds at a place in its root (PROTOCOL.md section 6).
 *
 * @param target absolute path in the container
 * @param source what it is
 */
public record MachineMount(String target, Source source) {
  /** Kinds of file systems. */
  public sealed interface Source {
    /**
     * A volume.
     *
     * @param serial of its disk
     * @param access what the container may do with it
     * @param copy whether an empty one gets what the image has at the target
     */
    record Disk(String serial, Access access, boolean copy) implements Source {}

    /**
     * A file system in memory.
     *
     * @param flags of mount(2): {@link #NOSUID}, {@link #NODEV}, {@link #NOEXEC}
     * @param options as tmpfs takes them, {@code size=…,mode=…}
     */
    record Tmpfs(boolean readOnly, int flags, Optional<String> options) implements Source {
      public static final int NOSUID = 2;
      public static final int NODEV = 4;
      public static final int NOEXEC = 8;
    }
  }

  /** Who may write to a volume's disk. */
  public enum Access {
    READ_WRITE,
    /** The guest, for its journal and the first copy; the container may only read. */
    READ_ONLY,
    /** Nobody: other machines read it, too. */
    READ_ONLY_DISK
  }

  byte[] encode() {
    FieldsBuilder fields = new FieldsBuilder("a mount").string(Tag.TARGET, target);
    switch (source) {
      case Source.Disk disk ->
          fields
              .string(Tag.DISK, disk.serial())
              .u32(Tag.READ_ONLY, disk.access().ordinal())
              .u32(Tag.COPY, disk.copy() ? 1 : 0);
      case Source.Tmpfs tmpfs -> {
        fields.u32(Tag.READ_ONLY, tmpfs.readOnly() ? 1 : 0).u32(Tag.FLAGS, tmpfs.flags());
        tmpfs.options().ifPresent(text -> fields.string(Tag.OPTIONS, text));
      }
    }
    return fields.build();
  }
}
