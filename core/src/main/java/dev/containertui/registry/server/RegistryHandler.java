package dev.containertui.registry.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.containertui.error.EngineException;
import dev.containertui.oci.Digest;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks the OCI distribution API (distribution-spec 1.1, "endpoints") over some content. */
final class RegistryHandler implements HttpHandler {
  private static final int MAX_MANIFEST_BYTES = 4 << 20;
  private static final int MAX_BLOB_BYTES = 1 << 29;

  private static final Pattern ROUTE =
      Pattern.compile(
          "/v2/(?<name>[a-z0-9][a-z0-9._/-]{0,254})/"
              + "(?:manifests/(?<reference>[A-Za-z0-9_][A-Za-z0-9_.:-]{0,200})"
              + "|blobs/(?<digest>[a-z0-9]+:[0-9a-f]+)"
              + "|blobs/uploads/(?<upload>[0-9a-f-]*)"
              + "|(?<tags>tags/list))");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

  private final RegistryContent content;

  RegistryHandler(RegistryContent content) {
    this.content = content;
  }

  /** An answer with an error code of the distribution-spec. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;
    final String code;

    Refusal(int status, String code) {
      super(code);
      this.status = status;
      this.code = code;
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        route(exchange);
      } catch (Refusal e) {
        refuse(exchange, e.status, e.code);
      } catch (EngineException e) {
        refuse(exchange, 400, "DIGEST_INVALID");
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException, Refusal {
    String path = exchange.getRequestURI().getRawPath().replace("%3A", ":").replace("%3a", ":");
    exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
    if (path.equals("/v2/") || path.equals("/v2")) {
      send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
      return;
    }
    Matcher route = ROUTE.matcher(path);
    if (!route.matches()) {
      throw new Refusal(404, "NAME_UNKNOWN");
    }
    String name = route.group("name");
    if (route.group("reference") != null) {
      manifest(exchange, name, route.group("reference"));
    } else if (route.group("digest") != null) {
      blob(exchange, Digest.parse(route.group("digest")));
    } else if (route.group("upload") != null) {
      upload(exchange, name, route.group("upload"));
    } else {
      tags(exchange, name);
    }
  }

  private void manifest(HttpExchange exchange, String name, String reference)
      throws IOException, Refusal {
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] bytes = body(exchange, MAX_MANIFEST_BYTES);
      String header = exchange.getRequestHeaders().getFirst("Content-Type");
      String type = MediaTypes.withoutParameters(header == null ? "" : header);
      boolean byDigest = reference.indexOf(':') >= 0;
      if (byDigest && !Digest.parse(reference).matches(bytes)) {
        throw new Refusal(400, "DIGEST_INVALID");
      }
      Digest digest = content.putManifest(name, byDigest ? "" : reference, type, bytes);
      created(exchange, "/v2/" + name + "/manifests/" + digest, digest);
      return;
    }
    requireRead(exchange);
    RegistryContent.Stored manifest =
        content.manifest(name, reference).orElseThrow(() -> new Refusal(404, "MANIFEST_UNKNOWN"));
    exchange.getResponseHeaders().set("Docker-Content-Digest", manifest.digest().toString());
    send(exchange, 200, manifest.mediaType(), manifest.bytes());
  }

  private void blob(HttpExchange exchange, Digest digest) throws IOException, Refusal {
    requireRead(exchange);
    byte[] blob = content.blob(digest).orElseThrow(() -> new Refusal(404, "BLOB_UNKNOWN"));
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    Optional<Matcher> range =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
            .map(RANGE::matcher)
            .filter(Matcher::matches);
    if (range.isEmpty()) {
      send(exchange, 200, "application/octet-stream", blob);
      return;
    }
    long first = Long.parseLong(range.get().group(1));
    String end = range.get().group(2);
    long last = end == null ? blob.length - 1 : Math.min(Long.parseLong(end), blob.length - 1);
    if (first > last) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + blob.length);
      throw new Refusal(416, "SIZE_INVALID");
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + first + "-" + last + "/" + blob.length);
    send(
        exchange,
        206,
        "application/octet-stream",
        java.util.Arrays.copyOfRange(blob, (int) first, (int) last + 1));
  }

  /** In one piece (POST, PUT) or in several (POST, PATCH …, PUT). */
  private void upload(HttpExchange exchange, String name, String id) throws IOException, Refusal {
    if (exchange.getRequestMethod().equals("POST") && id.isEmpty()) {
      Optional<String> digest = query(exchange, "digest");
      if (digest.isPresent()) {
        store(exchange, name, Digest.parse(digest.get()), body(exchange, MAX_BLOB_BYTES));
      } else {
        accepted(exchange, name, content.startUpload(), 0);
      }
      return;
    }
    ByteArrayOutputStream upload =
        content.upload(id).orElseThrow(() -> new Refusal(404, "BLOB_UPLOAD_UNKNOWN"));
    switch (exchange.getRequestMethod()) {
      case "PATCH" -> {
        upload.writeBytes(body(exchange, MAX_BLOB_BYTES - upload.size()));
        accepted(exchange, name, id, upload.size());
      }
      case "PUT" -> {
        upload.writeBytes(body(exchange, MAX_BLOB_BYTES - upload.size()));
        content.endUpload(id);
        String digest =
            query(exchange, "digest").orElseThrow(() -> new Refusal(400, "DIGEST_INVALID"));
        store(exchange, name, Digest.parse(digest), upload.toByteArray());
      }
      case "DELETE" -> {
        content.endUpload(id);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> throw new Refusal(405, "UNSUPPORTED");
    }
  }

  private void store(HttpExchange exchange, String name, Digest digest, byte[] bytes)
      throws IOException, Refusal {
    if (!digest.matches(bytes)) {
      throw new Refusal(400, "DIGEST_INVALID");
    }
    content.putBlob(digest, bytes);
    created(exchange, "/v2/" + name + "/blobs/" + digest, digest);
  }

  private void tags(HttpExchange exchange, String name) throws IOException, Refusal {
    requireRead(exchange);
    ObjectNode json = JsonObject.create().put("name", name);
    ArrayNode tags = json.putArray("tags");
    content.tags(name).orElseThrow(() -> new Refusal(404, "NAME_UNKNOWN")).forEach(tags::add);
    send(exchange, 200, "application/json", JsonObject.write(json));
  }

  private static void requireRead(HttpExchange exchange) throws Refusal {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new Refusal(405, "UNSUPPORTED");
    }
  }

  private static byte[] body(HttpExchange exchange, int limit) throws IOException, Refusal {
    InputStream in = exchange.getRequestBody();
    byte[] bytes = in.readNBytes(limit);
    if (bytes.length == limit && in.read() >= 0) {
      throw new Refusal(413, "SIZE_INVALID");
    }
    return bytes;
  }

  private static Optional<String> query(HttpExchange exchange, String key) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (pair.startsWith(key + "=")) {
        return Optional.of(
            URLDecoder.decode(pair.substring(key.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }

  private static void accepted(HttpExchange exchange, String name, String id, int size)
      throws IOException {
    exchange.getResponseHeaders().set("Location", "/v2/" + name + "/blobs/uploads/" + id);
    exchange.getResponseHeaders().set("Docker-Upload-UUID", id);
    exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, size - 1));
    exchange.sendResponseHeaders(202, -1);
  }

  private static void created(HttpExchange exchange, String location, Digest digest)
      throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
    exchange.sendResponseHeaders(201, -1);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    ObjectNode json = JsonObject.create();
    json.putArray("errors")
        .addObject()
        .put("code", code)
        .put("message", code.toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    send(exchange, status, "application/json", JsonObject.write(json));
  }
}
