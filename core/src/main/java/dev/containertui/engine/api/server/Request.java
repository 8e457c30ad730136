package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.api.ApiVersion;
import dev.containertui.engine.api.http.Exchange;
import dev.containertui.engine.api.http.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request that has found its route. */
final class Request {
  /** Docker's own limit for what is not a stream. */
  private static final int MAX_JSON_BYTES = 4 << 20;

  static final String JSON = "application/json";

  private final Exchange exchange;
  private final ApiVersion version;
  private final Map<String, String> path;
  private final Query query;

  Request(Exchange exchange, ApiVersion version, Map<String, String> path) {
    this.exchange = exchange;
    this.version = version;
    this.path = path;
    this.query = new Query(exchange.query());
  }

  Exchange exchange() {
    return exchange;
  }

  ApiVersion version() {
    return version;
  }

  /** A part of the path, decoded. */
  String path(String name) {
    return path.get(name);
  }

  Query query() {
    return query;
  }

  InputStream body() {
    return exchange.body();
  }

  /**
   * The body as a JSON object; an empty one if there is none.
   *
   * @throws Failure 400, 413
   */
  ObjectNode json() throws IOException {
    String text = new String(exchange.bytes(MAX_JSON_BYTES), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return Json.object();
    }
    JsonNode json = Json.parse(text, "the request's body");
    if (json.isNull()) {
      return Json.object();
    }
    if (!(json instanceof ObjectNode object)) {
      throw new Failure(400, "the request's body is not a JSON object");
    }
    return object;
  }

  void answer(JsonNode json) throws IOException {
    answer(200, json);
  }

  void answer(int status, JsonNode json) throws IOException {
    exchange.answer(status, JSON, Json.bytes(json));
  }

  void answerText(String text) throws IOException {
    exchange.answer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  void noContent() throws IOException {
    exchange.answer(204, "", new byte[0]);
  }

  void notModified() throws IOException {
    exchange.answer(304, "", new byte[0]);
  }
}
