package dev.containertui.container;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a container has mounted in its root besides what every container has. */
public sealed interface Mount {
  /** Absolute path in the container, without {@code .} and {@code ..}, not {@code /}. */
  String target();

  boolean readOnly();

  /**
   * A volume.
   *
   * @param volume its name; empty: a new one, which is given its name when the container is made
   * @param copy whether it gets what the image has at the target when it is first used
   * @param anonymous whether it was made for this container, and goes with it
   */
  record VolumeMount(
      Optional<String> volume, String target, boolean readOnly, boolean copy, boolean anonymous)
      implements Mount {}

  /**
   * A file system in memory, empty whenever the container starts.
   *
   * @param sizeBytes what it can hold; empty: half of the machine's memory
   * @param mode permission bits of its root; empty: 01777
   * @param options further ones of mount: {@code exec}, {@code suid}, {@code dev} and their
   *     opposites, which are the default
   */
  record TmpfsMount(
      String target,
      boolean readOnly,
      OptionalLong sizeBytes,
      OptionalInt mode,
      TmpfsOptions options)
      implements Mount {}

  /** What programs and nodes on a tmpfs may do; nothing by default, as Docker has it. */
  record TmpfsOptions(boolean exec, boolean suid, boolean dev) {
    public static final TmpfsOptions NONE = new TmpfsOptions(false, false, false);
  }
}
