package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Mount;
import dev.containertui.container.MountText;
import dev.containertui.engine.api.http.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads Docker's ways to ask for mounts: Binds, Mounts, Tmpfs, and the configuration's Volumes. */
final class MountReader {
  private static final int MAX_MOUNTS = 1000;

  private MountReader() {}

  /**
   * @throws Failure 400 if it is wrong
   * @throws dev.containertui.error.EngineException INVALID as {@link MountText}, also for
   *     directories of the host
   */
  static List<Mount> read(ObjectNode body, ObjectNode hostConfig) {
    List<Mount> mounts = new ArrayList<>();
    SpecReader.strings(hostConfig, "Binds").forEach(text -> mounts.add(MountText.volume(text)));
    JsonNode list = hostConfig.path("Mounts");
    if (list.size() > MAX_MOUNTS || hostConfig.path("Tmpfs").size() > MAX_MOUNTS) {
      throw new Failure(400, "too many mounts");
    }
    list.forEach(mount -> mounts.add(mount(mount)));
    for (Map.Entry<String, JsonNode> tmpfs : hostConfig.path("Tmpfs").properties()) {
      mounts.add(MountText.tmpfs(tmpfs.getKey(), tmpfs.getValue().asText()));
    }
    Set<String> targets = new HashSet<>();
    mounts.forEach(mount -> targets.add(mount.target()));
    // A client that binds something there says both.
    for (Map.Entry<String, JsonNode> volume : body.path("Volumes").properties()) {
      Mount.VolumeMount anonymous = MountText.volume(anonymous(volume.getKey()));
      if (targets.add(anonymous.target())) {
        mounts.add(anonymous);
      }
    }
    return List.copyOf(mounts);
  }

  private static String anonymous(String path) {
    if (path.contains(":")) {
      throw new Failure(400, "invalid volume specification: '" + path + "'");
    }
    return path;
  }

  /** In the words of {@code --mount}, so that the same rules hold. */
  private static Mount mount(JsonNode json) {
    String type = json.path("Type").asText("");
    String source = json.path("Source").asText("");
    if (type.equals("bind")) {
      throw MountText.bind(source);
    }
    for (String text : List.of(source, json.path("Target").asText(""))) {
      if (text.contains(",")) {
        throw new Failure(400, "a comma cannot be part of a mount: " + text);
      }
    }
    StringBuilder text = new StringBuilder("type=").append(type);
    text.append(",target=").append(json.path("Target").asText(""));
    text.append(json.path("ReadOnly").asBoolean() ? ",readonly" : "");
    if (!source.isEmpty()) {
      text.append(",source=").append(source);
    }
    JsonNode volume = json.path("VolumeOptions");
    text.append(volume.path("NoCopy").asBoolean() ? ",volume-nocopy" : "");
    String driver = volume.path("DriverConfig").path("Name").asText("");
    if (!driver.isEmpty() && !driver.equals("local")
        || !volume.path("DriverConfig").path("Options").isEmpty()
        || !volume.path("Subpath").asText("").isEmpty()) {
      throw new Failure(501, "this engine does not have volume drivers and subpaths of volumes");
    }
    JsonNode tmpfs = json.path("TmpfsOptions");
    if (tmpfs.path("SizeBytes").asLong() != 0) {
      text.append(",tmpfs-size=").append(tmpfs.path("SizeBytes").asLong());
    }
    if (tmpfs.path("Mode").asInt() != 0) {
      text.append(",tmpfs-mode=").append(Integer.toOctalString(tmpfs.path("Mode").asInt()));
    }
    return MountText.mount(text.toString());
  }
}
