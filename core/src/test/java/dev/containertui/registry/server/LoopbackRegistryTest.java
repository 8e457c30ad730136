package dev.containertui.registry.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.Tool;
import dev.containertui.oci.Digest;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.MediaTypes.Compression;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackRegistryTest {
  private final Faults faults = new Faults();
  private LoopbackRegistry registry;

  @BeforeEach
  void start() {
    registry = LoopbackRegistry.start(faults);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void skopeoPushesAndPulls(@TempDir Path directory) throws Exception {
    TlsRegistry tls = TlsRegistry.create(directory);
    try (LoopbackRegistry secure = tls.start(faults)) {
      new ImageBuilder()
          .environment("A=1")
          .layer(new LayerBuilder().file("f", 0644, new byte[9]).build(Compression.GZIP))
          .push(secure, "team/app", "1");
      Tool.run(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--src-tls-verify=false",
          "--dest-tls-verify=false",
          "docker://" + secure.address() + "/team/app:1",
          "docker://" + secure.address() + "/other/app:2");
      String tags =
          Tool.run(
              "skopeo",
              "list-tags",
              "--tls-verify=false",
              "docker://" + secure.address() + "/other/app");
      assertEquals(
          List.of("2"), JsonObject.parse(tags.getBytes(UTF_8), "skopeo's answer").strings("Tags"));
    }
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    int port = TlsRegistry.port(registry);
    for (InetAddress address :
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList()) {
      if (!address.isLoopbackAddress()) {
        org.junit.jupiter.api.Assertions.assertThrows(
            IOException.class, () -> new java.net.Socket(address, port).close());
      }
    }
  }

  @Test
  void takesBlobsInOneRequestAndInPieces() throws Exception {
    byte[] blob = "in one piece".getBytes(UTF_8);
    Digest digest = Digest.sha256(blob);
    assertEquals(201, send("POST", "/v2/a/blobs/uploads/?digest=" + digest, blob).statusCode());
    assertArrayEquals(blob, send("GET", "/v2/a/blobs/" + digest, null).body());
    assertEquals(
        400, send("POST", "/v2/a/blobs/uploads/?digest=" + digest, new byte[1]).statusCode());

    HttpResponse<byte[]> started = send("POST", "/v2/a/blobs/uploads/", new byte[0]);
    assertEquals(202, started.statusCode());
    String location = started.headers().firstValue("Location").orElseThrow();
    HttpResponse<byte[]> first = send("PATCH", location, "in ".getBytes(UTF_8));
    assertEquals("0-2", first.headers().firstValue("Range").orElseThrow());
    assertEquals(202, send("PATCH", location, "several".getBytes(UTF_8)).statusCode());
    Digest whole = Digest.sha256("in several pieces".getBytes(UTF_8));
    HttpResponse<byte[]> ended =
        send("PUT", location + "?digest=" + whole, " pieces".getBytes(UTF_8));
    assertEquals(201, ended.statusCode());
    assertEquals(17, send("GET", "/v2/a/blobs/" + whole, null).body().length);
    assertEquals(404, send("PATCH", location, new byte[1]).statusCode());
  }

  @Test
  void servesRanges() throws Exception {
    Digest digest = registry.putBlob("0123456789".getBytes(UTF_8));
    String path = "/v2/a/blobs/" + digest;
    assertEquals("456789", range(path, "bytes=4-", 206));
    assertEquals("45", range(path, "bytes=4-5", 206));
    assertEquals("0123456789", range(path, "bytes=x", 200));
    range(path, "bytes=10-", 416);
  }

  @Test
  void storesManifestsByTagAndDigest() throws Exception {
    byte[] manifest = "{\"any\":\"thing\"}".getBytes(UTF_8);
    Digest digest = Digest.sha256(manifest);
    HttpResponse<byte[]> put = send("PUT", "/v2/a/b/manifests/v1", manifest);
    assertEquals(201, put.statusCode());
    assertEquals(digest.toString(), put.headers().firstValue("Docker-Content-Digest").get());
    for (String reference : List.of("v1", digest.toString())) {
      HttpResponse<byte[]> got = send("GET", "/v2/a/b/manifests/" + reference, null);
      assertArrayEquals(manifest, got.body());
      assertEquals(MediaTypes.OCI_MANIFEST, got.headers().firstValue("Content-Type").orElseThrow());
    }
    HttpResponse<byte[]> head = send("HEAD", "/v2/a/b/manifests/v1", null);
    assertEquals("15", head.headers().firstValue("Content-Length").orElseThrow());
    assertEquals(404, send("GET", "/v2/a/b/manifests/v2", null).statusCode());
    assertEquals(404, send("GET", "/v2/a/manifests/v1", null).statusCode());
    assertEquals(400, send("PUT", "/v2/a/b/manifests/" + digest, new byte[3]).statusCode());
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    assertEquals(200, send("GET", "/v2/", null).statusCode());
    for (String path : List.of("/", "/v1/", "/v2/A/manifests/x", "/v2/a/blobs/sha256:zz")) {
      assertEquals(404, send("GET", path, null).statusCode(), path);
    }
    assertEquals(400, send("GET", "/v2/a/blobs/md5:00", null).statusCode());
    assertEquals(405, send("DELETE", "/v2/a/manifests/x", null).statusCode());
  }

  private String range(String path, String range, int status) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri(path)).header("Range", range).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(status, response.statusCode());
      return response.body();
    }
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri(path))
              .header("Content-Type", MediaTypes.OCI_MANIFEST)
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private URI uri(String path) {
    return URI.create("http://" + registry.address() + path);
  }
}
