package dev.containertui.container;

import dev.containertui.container.Mount.TmpfsMount;
import dev.containertui.container.Mount.TmpfsOptions;
import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import dev.containertui.volume.FileSystemSize;
import dev.containertui.volume.VolumeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Docker's ways to write mounts: {@code -v}, {@code --mount} and {@code --tmpfs}. */
public final class MountText {
  private static final int MAX_TEXT = 8192;
  private static final int MAX_SHOWN = 200;
  private static final long MAX_TMPFS_BYTES = 1L << 50;

  private MountText() {}

  /**
   * {@code NAME:/path[:OPTIONS]}, or {@code /path} for an anonymous volume. Options: {@code ro},
   * {@code rw}, {@code nocopy}; those for labels of security modules are taken, and mean nothing.
   *
   * @throws EngineException INVALID, also for a directory of the host
   */
  public static VolumeMount volume(String text) {
    bounded(text);
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      return new VolumeMount(Optional.empty(), MountTarget.checked(parts[0]), false, true, true);
    }
    refuseHostPath(parts[0]);
    if (parts.length > 3) {
      throw wrong("-v", text, "write NAME:/PATH or NAME:/PATH:ro");
    }
    boolean readOnly = false;
    boolean copy = true;
    for (String option : parts.length == 3 ? parts[2].split(",", -1) : new String[0]) {
      switch (option) {
        case "ro", "readonly" -> readOnly = true;
        case "rw", "z", "Z" -> {}
        case "nocopy" -> copy = false;
        default -> throw wrong("-v", text, "options of a volume are ro, rw and nocopy");
      }
    }
    return new VolumeMount(
        Optional.of(VolumeName.checked(parts[0])),
        MountTarget.checked(parts[1]),
        readOnly,
        copy,
        false);
  }

  private static void refuseHostPath(String source) {
    if (source.startsWith("/") || source.startsWith(".") || source.startsWith("~")) {
      throw bind(source);
    }
  }

  /** What is said to whoever wants a directory of the host in a container. */
  public static EngineException bind(String source) {
    return new EngineException(
        Kind.INVALID,
        "this engine does not have mounts of the host's directories: "
            + ForeignText.brief(source, MAX_SHOWN),
        "use a volume (-v NAME:/PATH), and copy files with cp");
  }

  /**
   * {@code type=volume,source=NAME,target=/path,readonly,volume-nocopy} or {@code
   * type=tmpfs,target=/path,tmpfs-size=64m,tmpfs-mode=1777}.
   *
   * @throws EngineException INVALID
   */
  public static Mount mount(String text) {
    bounded(text);
    Map<String, String> fields = fields(text);
    String type = fields.getOrDefault("type", "volume");
    String target = MountTarget.checked(fields.getOrDefault("target", ""));
    boolean readOnly = flag(text, fields, "readonly");
    return switch (type) {
      case "volume" -> {
        refuse(text, fields, "tmpfs-", "that is an option of a tmpfs");
        Optional<String> source = Optional.ofNullable(fields.get("source"));
        source.ifPresent(MountText::refuseHostPath);
        yield new VolumeMount(
            source.filter(name -> !name.isEmpty()).map(VolumeName::checked),
            target,
            readOnly,
            !flag(text, fields, "volume-nocopy"),
            source.isEmpty() || source.get().isEmpty());
      }
      case "tmpfs" -> {
        refuse(text, fields, "volume-", "that is an option of a volume");
        refuse(text, fields, "source", "a tmpfs has no source");
        // As Docker: here it has no options of mount, and programs on it can be executed only
        // there.
        yield new TmpfsMount(
            target,
            readOnly,
            fields.containsKey("tmpfs-size")
                ? OptionalLong.of(bytes(fields.get("tmpfs-size")))
                : OptionalLong.empty(),
            fields.containsKey("tmpfs-mode")
                ? OptionalInt.of(mode(fields.get("tmpfs-mode")))
                : OptionalInt.empty(),
            TmpfsOptions.NONE);
      }
      case "bind" -> throw bind(fields.getOrDefault("source", ""));
      default -> throw wrong("--mount", text, "the types are volume and tmpfs");
    };
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "true" : field.substring(equals + 1);
      String name =
          switch (key) {
            case "src" -> "source";
            case "dst", "destination" -> "target";
            case "ro" -> "readonly";
            case "type",
                "source",
                "target",
                "readonly",
                "volume-nocopy",
                "tmpfs-size",
                "tmpfs-mode" ->
                key;
            case "volume-driver" -> {
              if (!value.equals("local")) {
                throw wrong("--mount", text, "the only volume driver is local");
              }
              yield "volume-driver";
            }
            default -> throw wrong("--mount", text, "it has no field " + ForeignText.clean(key));
          };
      if (fields.put(name, value) != null) {
        throw wrong("--mount", text, name + " is given twice");
      }
    }
    return fields;
  }

  private static boolean flag(String text, Map<String, String> fields, String name) {
    return switch (fields.getOrDefault(name, "false")) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong("--mount", text, name + " is true or false");
    };
  }

  private static void refuse(String text, Map<String, String> fields, String prefix, String why) {
    if (fields.keySet().stream()
        .anyMatch(key -> key.startsWith(prefix) && !key.equals("volume-driver"))) {
      throw wrong("--mount", text, why);
    }
  }

  /**
   * {@code /path[:OPTIONS]}. Options: {@code size=64m}, {@code mode=1777}, {@code ro}, {@code rw},
   * {@code exec}, {@code suid}, {@code dev}, and their opposites with {@code no}.
   *
   * @throws EngineException INVALID
   */
  public static TmpfsMount tmpfs(String text) {
    bounded(text);
    int colon = text.indexOf(':');
    return colon < 0 ? tmpfs(text, "") : tmpfs(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * The same in two parts.
   *
   * @throws EngineException INVALID
   */
  public static TmpfsMount tmpfs(String target, String options) {
    bounded(options);
    boolean readOnly = false;
    OptionalLong size = OptionalLong.empty();
    OptionalInt mode = OptionalInt.empty();
    boolean exec = false;
    boolean suid = false;
    boolean dev = false;
    for (String option : options.isEmpty() ? new String[0] : options.split(",", -1)) {
      switch (option) {
        case "ro" -> readOnly = true;
        case "rw" -> readOnly = false;
        case "exec" -> exec = true;
        case "noexec" -> exec = false;
        case "suid" -> suid = true;
        case "nosuid" -> suid = false;
        case "dev" -> dev = true;
        case "nodev" -> dev = false;
        case "relatime", "strictatime", "defaults", "" -> {}
        default -> {
          if (option.startsWith("size=")) {
            size = OptionalLong.of(bytes(option.substring(5)));
          } else if (option.startsWith("mode=")) {
            mode = OptionalInt.of(mode(option.substring(5)));
          } else {
            throw wrong(
                "--tmpfs", option, "options are size, mode, ro, rw, exec, suid, dev, noexec…");
          }
        }
      }
    }
    return new TmpfsMount(
        MountTarget.checked(target), readOnly, size, mode, new TmpfsOptions(exec, suid, dev));
  }

  /** A tmpfs of at least one page; what it really gets is bounded by the machine's memory. */
  static long bytes(String text) {
    long bytes =
        FileSystemSize.parse(text)
            .orElseThrow(() -> wrong("a tmpfs size", text, "write for example 64m"));
    if (bytes == 0 || bytes > MAX_TMPFS_BYTES) {
      throw wrong("a tmpfs size", text, "write a size from 1 byte to 1024t");
    }
    return bytes;
  }

  private static int mode(String text) {
    if (!text.matches("0?[0-7]{1,4}")) {
      throw wrong("a mode", text, "write it in octal, for example 1777");
    }
    return Integer.parseInt(text, 8);
  }

  private static void bounded(String text) {
    if (text.length() > MAX_TEXT) {
      throw new EngineException(Kind.INVALID, "the description of a mount is too long");
    }
  }

  private static EngineException wrong(String what, String text, String hint) {
    return new EngineException(
        Kind.INVALID, "not right for " + what + ": " + ForeignText.brief(text, MAX_SHOWN), hint);
  }

  /**
   * All that is said about one container.
   *
   * @throws EngineException INVALID, also for two mounts at one place, or too many
   */
  public static List<Mount> all(List<String> volumes, List<String> mounts, List<String> tmpfs) {
    List<Mount> all = new ArrayList<>();
    volumes.forEach(text -> all.add(volume(text)));
    mounts.forEach(text -> all.add(mount(text)));
    tmpfs.forEach(text -> all.add(tmpfs(text)));
    MountTarget.check(all);
    return List.copyOf(all);
  }
}
