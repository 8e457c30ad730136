package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A request that is answered when a container has come to some point. The engine sends the head of
 * its answer as soon as it watches, so nothing that happens after {@link #on} is missed.
 */
final class Waiting implements AutoCloseable {
  private final ApiClient api;
  private final Response response;

  private Waiting(ApiClient api, Response response) {
    this.api = api;
    this.response = response;
  }

  static Waiting on(ApiClient api, RemoteContainer container, WaitCondition condition) {
    String word =
        switch (condition) {
          case NOT_RUNNING -> "not-running";
          case NEXT_EXIT -> "next-exit";
          case REMOVED -> "removed";
        };
    return new Waiting(
        api,
        api.open(
            new Request.Builder()
                .url(container.url("wait").addQueryParameter("condition", word).build())
                .post(RequestBody.create(new byte[0], null))));
  }

  /**
   * How it came to that point.
   *
   * @param error why the machine failed; empty if it did not
   */
  record Outcome(int exitCode, String error) {}

  /**
   * Waits.
   *
   * @throws EngineException UNAVAILABLE if the engine went away; CANCELLED
   */
  Outcome await() {
    try (response) {
      JsonNode answer = Json.read(response.body().byteStream());
      if (!answer.path("StatusCode").isNumber()) {
        throw new EngineException(
            Kind.UNAVAILABLE,
            "the engine went away while the container ran",
            "it may run on: container-tui ps");
      }
      return new Outcome(
          answer.path("StatusCode").asInt(), Json.text(answer.path("Error"), "Message"));
    } catch (IOException e) {
      throw api.failure(e);
    }
  }

  /**
   * Waits.
   *
   * @throws EngineException UNAVAILABLE if the machine failed or the engine went away; CANCELLED
   */
  int exitCode() {
    Outcome outcome = await();
    if (!outcome.error.isEmpty()) {
      throw new EngineException(Kind.UNAVAILABLE, outcome.error);
    }
    return outcome.exitCode;
  }

  /** {@link ApiClient#engine} of the one that is to answer. */
  String engine() {
    return response.header(OwnFields.ENGINE_HEADER, "");
  }

  @Override
  public void close() {
    response.close();
  }
}
