package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.Mount;
import dev.containertui.container.Mount.TmpfsMount;
import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A container's mounts as Docker tells of them. */
final class MountsJson {
  private MountsJson() {}

  /**
   * @param source what to call the source of a volume with this name
   */
  static ArrayNode of(ContainerSpec spec, Function<String, String> source) {
    ArrayNode array = Json.array();
    for (Mount mount : spec.mounts()) {
      ObjectNode json = array.addObject();
      switch (mount) {
        case VolumeMount volume -> {
          String name = volume.volume().orElse("");
          json.put("Type", "volume")
              .put("Name", name)
              .put("Source", source.apply(name))
              .put("Destination", volume.target())
              .put("Driver", Volume.DRIVER)
              .put("Mode", volume.readOnly() ? "ro" : "z");
        }
        case TmpfsMount tmpfs ->
            json.put("Type", "tmpfs")
                .put("Source", "")
                .put("Destination", tmpfs.target())
                .put("Mode", "");
      }
      json.put("RW", !mount.readOnly()).put("Propagation", "");
    }
    return array;
  }

  /** What was asked for, in the host's configuration. */
  static void putHostConfig(ContainerSpec spec, ObjectNode json) {
    List<String> binds = new ArrayList<>();
    ObjectNode tmpfs = Json.object();
    for (Mount mount : spec.mounts()) {
      switch (mount) {
        case VolumeMount volume -> {
          if (!volume.anonymous()) {
            binds.add(volume.volume().orElse("") + ":" + volume.target() + options(volume));
          }
        }
        case TmpfsMount one -> tmpfs.put(one.target(), options(one));
      }
    }
    json.set("Binds", binds.isEmpty() ? null : Json.strings(binds));
    if (!tmpfs.isEmpty()) {
      json.set("Tmpfs", tmpfs);
    }
  }

  private static String options(VolumeMount mount) {
    List<String> options = new ArrayList<>();
    if (mount.readOnly()) {
      options.add("ro");
    }
    if (!mount.copy()) {
      options.add("nocopy");
    }
    return options.isEmpty() ? "" : ":" + String.join(",", options);
  }

  private static String options(TmpfsMount mount) {
    List<String> options = new ArrayList<>();
    if (mount.readOnly()) {
      options.add("ro");
    }
    if (mount.options().exec()) {
      options.add("exec");
    }
    mount.sizeBytes().ifPresent(bytes -> options.add("size=" + bytes));
    mount.mode().ifPresent(mode -> options.add("mode=" + Integer.toOctalString(mode)));
    return String.join(",", options);
  }
}
