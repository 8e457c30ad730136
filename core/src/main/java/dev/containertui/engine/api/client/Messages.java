package dev.containertui.engine.api.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.Pruned;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Answers that come as one JSON object after the other while the work goes on. The status was sent
 * before it, so a failure is an object with {@code "error"}.
 */
final class Messages {
  private static final MediaType TAR = MediaType.get("application/x-tar");
  private static final int FAILED = 500;

  private Messages() {}

  /**
   * POSTs and reads to the end.
   *
   * @return the last object
   */
  static JsonNode read(ApiClient api, HttpUrl.Builder url, Consumer<JsonNode> each) {
    return read(api, url, RequestBody.create(new byte[0], null), each);
  }

  static JsonNode send(
      ApiClient api, HttpUrl.Builder url, InputStream archive, Consumer<JsonNode> each) {
    return read(api, url, new StreamBody(TAR, archive), each);
  }

  private static JsonNode read(
      ApiClient api, HttpUrl.Builder url, RequestBody body, Consumer<JsonNode> each) {
    Request.Builder request = new Request.Builder().url(url.build()).post(body);
    JsonNode last = Json.object();
    try (Response response = api.open(request);
        JsonParser parser = Json.parser(response.body().byteStream())) {
      for (JsonNode next = Json.next(parser); !next.isMissingNode(); next = Json.next(parser)) {
        last = next;
        failOnError(next);
        each.accept(next);
      }
      return last;
    } catch (IOException e) {
      throw api.failure(e);
    }
  }

  private static void failOnError(JsonNode line) {
    if (!line.hasNonNull("error") && !line.hasNonNull("errorDetail")) {
      return;
    }
    EngineException error =
        ApiError.of(
            line.path("errorDetail").path("code").asInt(FAILED),
            Json.object()
                .put(
                    "message",
                    line.path("errorDetail").path("message").asText(line.path("error").asText()))
                .put("kind", Json.text(line, "kind"))
                .put("hint", Json.text(line, "hint")),
            "");
    throw error;
  }

  static Pruned pruned(JsonNode json) {
    return new Pruned(Json.strings(json.path("names")), json.path("reclaimedBytes").asLong());
  }
}
