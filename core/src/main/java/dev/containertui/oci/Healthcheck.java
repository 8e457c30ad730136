package dev.containertui.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an image wants its containers' health to be checked: Docker's extension of the configuration
 * ("Docker Image Specification v1.3.0", Healthcheck).
 *
 * @param test {@code [NONE]}: no check; {@code [CMD, program, argument…]}; {@code [CMD-SHELL,
 *     text]}; empty: as the base image
 * @param interval more than zero
 * @param timeout more than zero
 * @param startPeriod more than zero
 * @param startInterval more than zero
 * @param retries more than 0
 */
public record Healthcheck(
    List<String> test,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    Optional<Duration> startPeriod,
    Optional<Duration> startInterval,
    Optional<Integer> retries) {
  public Healthcheck {
    test = List.copyOf(test);
  }

  static Healthcheck fromJson(JsonObject json) {
    return new Healthcheck(
        json.strings("Test"),
        duration(json, "Interval"),
        duration(json, "Timeout"),
        duration(json, "StartPeriod"),
        duration(json, "StartInterval"),
        json.optionalSize("Retries")
            .filter(count -> count > 0)
            .map(count -> (int) Math.min(count, Integer.MAX_VALUE)));
  }

  /** Durations are nanoseconds; 0 stands for absent. */
  private static Optional<Duration> duration(JsonObject json, String field) {
    return json.optionalSize(field).filter(nanos -> nanos > 0).map(Duration::ofNanos);
  }

  public ObjectNode toJson() {
    ObjectNode json = JsonObject.create();
    ArrayNode words = json.putArray("Test");
    test.forEach(words::add);
    interval.ifPresent(value -> json.put("Interval", value.toNanos()));
    timeout.ifPresent(value -> json.put("Timeout", value.toNanos()));
    startPeriod.ifPresent(value -> json.put("StartPeriod", value.toNanos()));
    startInterval.ifPresent(value -> json.put("StartInterval", value.toNanos()));
    retries.ifPresent(value -> json.put("Retries", value));
    return json;
  }
}
