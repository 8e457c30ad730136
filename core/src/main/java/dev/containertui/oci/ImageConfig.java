package dev.containertui.oci;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image's configuration (image-spec, config.md): how to run it, and what its layers are once
 * unpacked.
 *
 * @param created empty if absent or not a date
 * @param diffIds digests of the uncompressed layers, base first
 * @param history how the image was made, oldest step first
 */
public record ImageConfig(
    Platform platform,
    Optional<Instant> created,
    Execution execution,
    List<Digest> diffIds,
    List<Step> history) {

  /** Real ones have a few kilobytes; what is larger than this is abuse. */
  public static final int MAX_BYTES = 8 << 20;

  public ImageConfig {
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }

  /**
   * The defaults for a container of this image.
   *
   * @param environment {@code NAME=value}, in order
   * @param workingDirectory empty: {@code /}
   * @param user {@code name|uid[:group|gid]}; empty: root
   * @param stopSignal name or number; empty: SIGTERM
   * @param exposedPorts {@code 80}, {@code 80/tcp}, {@code 53/udp}
   * @param volumes paths in the container
   * @param healthcheck Docker's extension of the format
   */
  public record Execution(
      List<String> environment,
      List<String> entrypoint,
      List<String> command,
      Optional<String> workingDirectory,
      Optional<String> user,
      Optional<String> stopSignal,
      List<String> exposedPorts,
      List<String> volumes,
      Map<String, String> labels,
      Optional<Healthcheck> healthcheck) {

    public Execution {
      environment = List.copyOf(environment);
      entrypoint = List.copyOf(entrypoint);
      command = List.copyOf(command);
      exposedPorts = List.copyOf(exposedPorts);
      volumes = List.copyOf(volumes);
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Defaults without a health check. */
    public Execution(
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> stopSignal,
        List<String> exposedPorts,
        List<String> volumes,
        Map<String, String> labels) {
      this(
          environment,
          entrypoint,
          command,
          workingDirectory,
          user,
          stopSignal,
          exposedPorts,
          volumes,
          labels,
          Optional.empty());
    }
  }

  /**
   * A step of the image's history.
   *
   * @param emptyLayer whether it left the file system as it was, so that no layer belongs to it
   */
  public record Step(
      Optional<Instant> created,
      Optional<String> createdBy,
      Optional<String> comment,
      boolean emptyLayer) {}

  /**
   * Reads a configuration.
   *
   * @throws dev.containertui.error.EngineException CORRUPT
   */
  public static ImageConfig parse(byte[] bytes, String where) {
    JsonObject json = JsonObject.parse(bytes, where);
    JsonObject rootfs = json.object("rootfs");
    if (!rootfs.string("type").equals("layers")) {
      throw rootfs.wrong("type", "is not \"layers\"");
    }
    return new ImageConfig(
        Platform.fromJson(json),
        instant(json),
        execution(json.optionalObject("config").orElse(JsonObject.empty(where))),
        rootfs.digests("diff_ids"),
        json.objects("history").stream()
            .map(
                step ->
                    new Step(
                        instant(step),
                        step.optionalString("created_by"),
                        step.optionalString("comment"),
                        step.optionalBoolean("empty_layer").orElse(false)))
            .toList());
  }

  private static Execution execution(JsonObject json) {
    return new Execution(
        json.strings("Env"),
        json.strings("Entrypoint"),
        json.strings("Cmd"),
        nonEmpty(json, "WorkingDir"),
        nonEmpty(json, "User"),
        nonEmpty(json, "StopSignal"),
        json.fieldNames("ExposedPorts"),
        json.fieldNames("Volumes"),
        json.stringMap("Labels"),
        json.optionalObject("Healthcheck").map(Healthcheck::fromJson));
  }

  private static Optional<String> nonEmpty(JsonObject json, String field) {
    return json.optionalString(field).filter(text -> !text.isEmpty());
  }

  private static Optional<Instant> instant(JsonObject json) {
    return json.optionalString("created")
        .flatMap(
            text -> {
              try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            });
  }
}
