package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.GuestProcess;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.DiskUsage.VolumeUse;
import dev.containertui.engine.EngineInfo;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The values that an engine hands out, as JSON and back. */
public final class Facts {
  private Facts() {}

  public static ObjectNode write(ImageSummary image) {
    ObjectNode json = OwnFields.object().put("id", image.id()).put("digest", image.digest());
    OwnFields.strings(json.putArray("references"), image.references());
    ObjectNode platform =
        json.putObject("platform")
            .put("os", image.platform().os())
            .put("architecture", image.platform().architecture());
    image.platform().variant().ifPresent(variant -> platform.put("variant", variant));
    json.put("sizeBytes", image.sizeBytes());
    OwnFields.put(json, "created", image.created());
    OwnFields.strings(json.putArray("repositoryDigests"), image.repositoryDigests());
    ObjectNode labels = json.putObject("labels");
    image.labels().forEach(labels::put);
    return json;
  }

  public static ImageSummary image(JsonNode json) {
    JsonNode platform = json.path("platform");
    return new ImageSummary(
        json.path("id").asText(),
        json.path("digest").asText(),
        OwnFields.strings(json.path("references")),
        new Platform(
            platform.path("os").asText(),
            platform.path("architecture").asText(),
            OwnFields.text(platform, "variant")),
        json.path("sizeBytes").asLong(),
        OwnFields.time(json, "created"),
        OwnFields.strings(json.path("repositoryDigests")),
        OwnFields.map(json.path("labels")));
  }

  public static ObjectNode write(ContainerStats stats) {
    return OwnFields.object()
        .put("at", stats.at().toString())
        .put("guestCpuMicros", stats.guestCpuMicros())
        .put("guestMemoryBytes", stats.guestMemoryBytes())
        .put("guestMemoryLimitBytes", stats.guestMemoryLimitBytes())
        .put("processCount", stats.processCount())
        .put("networkReceivedBytes", stats.networkReceivedBytes())
        .put("networkSentBytes", stats.networkSentBytes())
        .put("blockReadBytes", stats.blockReadBytes())
        .put("blockWrittenBytes", stats.blockWrittenBytes())
        .put("machineCpuMicros", stats.machineCpuMicros())
        .put("machineResidentBytes", stats.machineResidentBytes())
        .put("machineSharedBytes", stats.machineSharedBytes());
  }

  public static ContainerStats stats(JsonNode json) {
    return new ContainerStats(
        OwnFields.time(json, "at").orElseGet(Instant::now),
        json.path("guestCpuMicros").asLong(),
        json.path("guestMemoryBytes").asLong(),
        json.path("guestMemoryLimitBytes").asLong(),
        json.path("processCount").asLong(),
        json.path("networkReceivedBytes").asLong(),
        json.path("networkSentBytes").asLong(),
        json.path("blockReadBytes").asLong(),
        json.path("blockWrittenBytes").asLong(),
        json.path("machineCpuMicros").asLong(),
        json.path("machineResidentBytes").asLong(),
        json.path("machineSharedBytes").asLong());
  }

  public static ArrayNode write(List<GuestProcess> processes) {
    ArrayNode array = OwnFields.object().putArray("processes");
    for (GuestProcess process : processes) {
      array
          .addObject()
          .put("pid", process.pid())
          .put("parentPid", process.parentPid())
          .put("user", process.user())
          .put("state", String.valueOf(process.state()))
          .put("cpuMicros", process.cpuMicros())
          .put("residentBytes", process.residentBytes())
          .put("command", process.command());
    }
    return array;
  }

  public static List<GuestProcess> processes(JsonNode array) {
    List<GuestProcess> processes = new ArrayList<>();
    for (JsonNode json : array) {
      processes.add(
          new GuestProcess(
              json.path("pid").asInt(),
              json.path("parentPid").asInt(),
              json.path("user").asInt(),
              (json.path("state").asText() + "?").charAt(0),
              json.path("cpuMicros").asLong(),
              json.path("residentBytes").asLong(),
              json.path("command").asText()));
    }
    return processes;
  }

  public static ObjectNode write(EngineInfo info) {
    return OwnFields.object()
        .put("id", info.id())
        .put("version", info.version())
        .put("pid", info.pid())
        .put("startedAt", info.startedAt().toString())
        .put("data", info.data().toString())
        .put("containers", info.containers())
        .put("running", info.running())
        .put("paused", info.paused())
        .put("images", info.images())
        .put("cpus", info.cpus())
        .put("memoryBytes", info.memoryBytes())
        .put("kernelRelease", info.kernelRelease())
        .put("operatingSystem", info.operatingSystem())
        .put("hypervisor", info.hypervisor())
        .put("hypervisorVersion", info.hypervisorVersion())
        .put("accelerator", info.accelerator());
  }

  public static EngineInfo info(JsonNode json) {
    return new EngineInfo(
        json.path("id").asText(),
        json.path("version").asText(),
        json.path("pid").asLong(),
        OwnFields.time(json, "startedAt").orElse(Instant.EPOCH),
        Path.of(json.path("data").asText()),
        json.path("containers").asInt(),
        json.path("running").asInt(),
        json.path("paused").asInt(),
        json.path("images").asInt(),
        json.path("cpus").asInt(),
        json.path("memoryBytes").asLong(),
        json.path("kernelRelease").asText(),
        json.path("operatingSystem").asText(),
        json.path("hypervisor").asText(),
        json.path("hypervisorVersion").asText(),
        json.path("accelerator").asText());
  }

  public static ObjectNode write(DiskUsage usage) {
    ObjectNode json =
        OwnFields.object()
            .put("layersBytes", usage.layersBytes())
            .put("rootfsBytes", usage.rootfsBytes())
            .put("templatesBytes", usage.templatesBytes())
            .put("kernelsBytes", usage.kernelsBytes());
    ArrayNode images = json.putArray("images");
    for (ImageUse image : usage.images()) {
      images
          .addObject()
          .put("digest", image.digest())
          .put("sizeBytes", image.sizeBytes())
          .put("uniqueBytes", image.uniqueBytes())
          .put("containers", image.containers());
    }
    ArrayNode containers = json.putArray("containers");
    for (ContainerUse container : usage.containers()) {
      containers
          .addObject()
          .put("id", container.id())
          .put("diskBytes", container.diskBytes())
          .put("logBytes", container.logBytes());
    }
    ArrayNode volumes = json.putArray("volumes");
    for (VolumeUse volume : usage.volumes()) {
      volumes
          .addObject()
          .put("name", volume.name())
          .put("diskBytes", volume.diskBytes())
          .put("containers", volume.containers());
    }
    return json;
  }

  public static DiskUsage diskUsage(JsonNode json) {
    List<ImageUse> images = new ArrayList<>();
    for (JsonNode image : json.path("images")) {
      images.add(
          new ImageUse(
              image.path("digest").asText(),
              image.path("sizeBytes").asLong(),
              image.path("uniqueBytes").asLong(),
              image.path("containers").asInt()));
    }
    List<ContainerUse> containers = new ArrayList<>();
    for (JsonNode container : json.path("containers")) {
      containers.add(
          new ContainerUse(
              container.path("id").asText(),
              container.path("diskBytes").asLong(),
              container.path("logBytes").asLong()));
    }
    List<VolumeUse> volumes = new ArrayList<>();
    for (JsonNode volume : json.path("volumes")) {
      volumes.add(
          new VolumeUse(
              volume.path("name").asText(),
              volume.path("diskBytes").asLong(),
              volume.path("containers").asInt()));
    }
    return new DiskUsage(
        json.path("layersBytes").asLong(),
        json.path("rootfsBytes").asLong(),
        json.path("templatesBytes").asLong(),
        json.path("kernelsBytes").asLong(),
        images,
        containers,
        volumes);
  }
}
