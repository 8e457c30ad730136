package dev.containertui.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Mount.TmpfsMount;
import dev.containertui.container.Mount.TmpfsOptions;
import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.oci.JsonObject;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Mounts as a part of a specification's JSON. */
final class MountJson {
  private MountJson() {}

  static ArrayNode write(List<Mount> mounts) {
    ArrayNode array = JsonObject.createArray();
    mounts.forEach(mount -> array.add(write(mount)));
    return array;
  }

  private static ObjectNode write(Mount mount) {
    ObjectNode json =
        JsonObject.create().put("target", mount.target()).put("readOnly", mount.readOnly());
    switch (mount) {
      case VolumeMount volume -> {
        json.put("type", "volume").put("copy", volume.copy()).put("anonymous", volume.anonymous());
        volume.volume().ifPresent(name -> json.put("volume", name));
      }
      case TmpfsMount tmpfs -> {
        json.put("type", "tmpfs");
        tmpfs.sizeBytes().ifPresent(bytes -> json.put("sizeBytes", bytes));
        tmpfs.mode().ifPresent(mode -> json.put("mode", mode));
        json.put("exec", tmpfs.options().exec())
            .put("suid", tmpfs.options().suid())
            .put("dev", tmpfs.options().dev());
      }
    }
    return json;
  }

  static List<Mount> read(List<JsonObject> array) {
    return array.stream().map(MountJson::read).toList();
  }

  private static Mount read(JsonObject json) {
    String target = json.string("target");
    boolean readOnly = flag(json, "readOnly");
    return switch (json.string("type")) {
      case "volume" ->
          new VolumeMount(
              json.optionalString("volume"),
              target,
              readOnly,
              flag(json, "copy"),
              flag(json, "anonymous"));
      case "tmpfs" ->
          new TmpfsMount(
              target,
              readOnly,
              json.optionalSize("sizeBytes").map(OptionalLong::of).orElse(OptionalLong.empty()),
              json.optionalSize("mode")
                  .map(mode -> OptionalInt.of((int) Math.min(mode, 07777)))
                  .orElse(OptionalInt.empty()),
              new TmpfsOptions(flag(json, "exec"), flag(json, "suid"), flag(json, "dev")));
      default -> throw new IllegalArgumentException("not a mount: " + json.string("type"));
    };
  }

  private static boolean flag(JsonObject json, String field) {
    return json.optionalBoolean(field).orElse(false);
  }
}
