package dev.containertui.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Health.Check;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What has become of a container as fields of its record; what is unknown is left out, also in
 * records of before there were these fields.
 */
final class FactsJson {
  private FactsJson() {}

  static void write(ObjectNode json, RunFacts facts) {
    json.put("supervised", facts.supervised());
    facts.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
    facts.finishedAt().ifPresent(at -> json.put("finishedAt", at.toString()));
    json.put("restartCount", facts.restartCount());
    json.put("stoppedByUser", facts.stoppedByUser());
    facts.exitCode().ifPresent(code -> json.put("exitCode", code));
    json.put("connections", facts.connections());
    facts.before().ifPresent(state -> json.set("before", RecordJson.state(state)));
    facts.health().ifPresent(health -> json.set("health", health(health)));
  }

  private static ObjectNode health(Health health) {
    ObjectNode json =
        JsonObject.create()
            .put("status", health.status().name().toLowerCase(Locale.ROOT))
            .put("failingStreak", health.failingStreak());
    ArrayNode log = json.putArray("log");
    for (Check check : health.log()) {
      log.addObject()
          .put("start", check.start().toString())
          .put("end", check.end().toString())
          .put("failed", check.exitCode() < 0)
          .put("exitCode", Math.max(0, check.exitCode()))
          .put("output", check.output());
    }
    return json;
  }

  /**
   * @throws EngineException CORRUPT
   */
  static RunFacts read(JsonObject json, String where) {
    return new RunFacts(
        json.optionalBoolean("supervised").orElse(false),
        json.optionalString("startedAt").map(text -> RecordJson.instant(text, where)),
        json.optionalString("finishedAt").map(text -> RecordJson.instant(text, where)),
        count(json, "restartCount"),
        json.optionalBoolean("stoppedByUser").orElse(false),
        json.has("exitCode") ? OptionalInt.of(count(json, "exitCode")) : OptionalInt.empty(),
        json.optionalObject("health").map(health -> readHealth(health, where)),
        count(json, "connections"),
        json.optionalObject("before").map(state -> RecordJson.readState(state, where)));
  }

  private static Health readHealth(JsonObject json, String where) {
    Health.Status status =
        switch (json.string("status")) {
          case "starting" -> Health.Status.STARTING;
          case "healthy" -> Health.Status.HEALTHY;
          case "unhealthy" -> Health.Status.UNHEALTHY;
          default -> throw new EngineException(Kind.CORRUPT, where + ": health of unknown kind");
        };
    return new Health(
        status,
        count(json, "failingStreak"),
        json.objects("log").stream()
            .map(
                check ->
                    new Check(
                        RecordJson.instant(check.string("start"), where),
                        RecordJson.instant(check.string("end"), where),
                        check.optionalBoolean("failed").orElse(false)
                            ? -1
                            : count(check, "exitCode"),
                        check.string("output")))
            .toList());
  }

  private static int count(JsonObject json, String field) {
    return (int) Math.min(Integer.MAX_VALUE, json.optionalSize(field).orElse(0L));
  }
}
