package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which kernel modules a guest takes along, and in which order they must be loaded. */
final class KernelModules {
  /**
   * What a guest needs, most urgent first: transport, agent channel, disks, root file system,
   * network, comfort. Dependencies join by themselves.
   */
  static final List<String> WANTED =
      List.of(
          "virtio_mmio", "virtio_console", "virtio_blk", "overlay", "virtio_net", "virtio_balloon");

  private static final byte[] SIGNATURE_MARKER =
      "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);

  private static final int SIGNATURE_INFO_BYTES = 12;

  private KernelModules() {}

  /** The name of a module as Linux compares it: {@code virtio-rng.ko} is {@code virtio_rng}. */
  static String name(String fileName) {
    int dot = fileName.indexOf(".ko");
    return (dot < 0 ? fileName : fileName.substring(0, dot)).replace('-', '_');
  }

  /** The names in a {@code modules.builtin} file, which lists one path a line. */
  static Set<String> builtin(String listing) {
    var names = new LinkedHashSet<String>();
    listing
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> names.add(name(line.strip().substring(line.strip().lastIndexOf('/') + 1))));
    return names;
  }

  /**
   * The modules that this one needs, from {@code depends=} in its {@code .modinfo} section.
   *
   * @throws EngineException CORRUPT if it is no module
   */
  static List<String> depends(byte[] module) {
    ByteBuffer info =
        ElfFile.parse(module)
            .section(".modinfo")
            .orElseThrow(
                () -> new EngineException(Kind.CORRUPT, "a kernel module has no .modinfo"));
    var bytes = new byte[info.remaining()];
    info.get(bytes);
    var names = new ArrayList<String>();
    for (String entry : new String(bytes, StandardCharsets.ISO_8859_1).split("\0")) {
      if (entry.startsWith("depends=") && entry.length() > "depends=".length()) {
        for (String name : entry.substring("depends=".length()).split(",")) {
          names.add(name(name));
        }
      }
    }
    return names;
  }

  /**
   * A module without the signature at its end (Linux' kernel/module_signature.h). A guest gets its
   * modules together with its kernel, so checking them proves nothing; it takes longer than
   * loading.
   */
  static byte[] withoutSignature(byte[] module) {
    int trailerAt = module.length - SIGNATURE_MARKER.length - SIGNATURE_INFO_BYTES;
    if (trailerAt < 0
        || !Arrays.equals(
            module,
            module.length - SIGNATURE_MARKER.length,
            module.length,
            SIGNATURE_MARKER,
            0,
            SIGNATURE_MARKER.length)) {
      return module;
    }
    // struct module_signature ends with the signature's size, big-endian.
    long bytes =
        Integer.toUnsignedLong(
            ByteBuffer.wrap(module).getInt(trailerAt + SIGNATURE_INFO_BYTES - 4));
    if (bytes > trailerAt) {
      throw new EngineException(
          Kind.CORRUPT, "a kernel module's signature is longer than the module");
    }
    return Arrays.copyOf(module, trailerAt - (int) bytes);
  }

  /**
   * Modules that are wanted, or needed by one that is here, but are neither here nor built in. A
   * wanted module that the kernel does not have at all stays in this set.
   *
   * @param modules content by {@linkplain #name name}
   */
  static Set<String> missing(Map<String, byte[]> modules, Set<String> builtin) {
    var missing = new LinkedHashSet<String>(WANTED);
    modules.values().forEach(module -> missing.addAll(depends(module)));
    missing.removeAll(modules.keySet());
    missing.removeAll(builtin);
    return missing;
  }

  /**
   * The wanted modules with all that they need, each after what it needs.
   *
   * @throws EngineException CORRUPT if a needed module is absent or modules need each other
   */
  static Map<String, byte[]> inLoadOrder(Map<String, byte[]> modules, Set<String> builtin) {
    var ordered = new LinkedHashMap<String, byte[]>();
    for (String wanted : WANTED) {
      if (modules.containsKey(wanted)) {
        add(wanted, modules, builtin, ordered, new LinkedHashSet<>());
      }
    }
    return ordered;
  }

  private static void add(
      String name,
      Map<String, byte[]> modules,
      Set<String> builtin,
      Map<String, byte[]> ordered,
      Set<String> path) {
    if (ordered.containsKey(name) || builtin.contains(name)) {
      return;
    }
    byte[] module = modules.get(name);
    if (module == null || !path.add(name)) {
      throw new EngineException(
          Kind.CORRUPT,
          module == null
              ? "the kernel module " + name + " is needed but not there"
              : "the kernel modules " + path + " need each other");
    }
    depends(module).forEach(needed -> add(needed, modules, builtin, ordered, path));
    path.remove(name);
    ordered.put(name, module);
  }
}
