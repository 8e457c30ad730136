package dev.containertui.oci;

import java.time.DateTimeException;
import java.time.Duration;
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
   * @param shell what runs commands that are one string, Docker's extension; empty: {@code /bin/sh
   *     -c}
   * @param healthTest Docker's extension
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
      List<String> shell,
      Optional<HealthTest> healthTest) {

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
          List.of(),
          Optional.empty());
    }

    public Execution {
      shell = List.copyOf(shell);
      environment = List.copyOf(environment);
      entrypoint = List.copyOf(entrypoint);
      command = List.copyOf(command);
      exposedPorts = List.copyOf(exposedPorts);
      volumes = List.copyOf(volumes);
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }

  /**
   * How a container's health is checked: {@code Healthcheck} of Docker's image configuration.
   *
   * @param test {@code NONE}, {@code CMD} with arguments, or {@code CMD-SHELL} with a command for
   *     the shell; empty: nothing is said
   * @param interval zero: the default; so are the others
   * @param retries 0: the default
   */
  public record HealthTest(
      List<String> test,
      Duration interval,
      Duration timeout,
      Duration startPeriod,
      Duration startInterval,
      int retries) {
    public HealthTest {
      test = List.copyOf(test);
    }

    private static HealthTest of(JsonObject json) {
      return new HealthTest(
          json.strings("Test"),
          nanos(json, "Interval"),
          nanos(json, "Timeout"),
          nanos(json, "StartPeriod"),
          nanos(json, "StartInterval"),
          (int) Math.min(Integer.MAX_VALUE, json.optionalSize("Retries").orElse(0L)));
    }

    private static Duration nanos(JsonObject json, String field) {
      return Duration.ofNanos(json.optionalSize(field).orElse(0L));
    }
  }

  /**
   * A step of the image's history.
   *
   * @param emptyLayer whether it left the file system as it was, so that no layer belongs to it
   */
  public record Step(Optional<Instant> created, Optional<String> createdBy, boolean emptyLayer) {}

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
        json.strings("Shell"),
        json.optionalObject("Healthcheck").map(HealthTest::of));
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
