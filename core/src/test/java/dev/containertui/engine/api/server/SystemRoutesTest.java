package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.EngineEvent.ImageChanged;
import dev.containertui.engine.api.ContainerTui;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemRoutesTest {
  private ServerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture();
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private String message(String target) throws IOException {
    return fixture.get(target).json().path("message").asText();
  }

  @Test
  void introducesItselfInThePing() throws IOException {
    RawClient.Answer ping = fixture.get("/_ping");
    assertEquals("OK", ping.text());
    assertEquals("1.51", ping.headers().get("api-version"));
    assertEquals("linux", ping.headers().get("ostype"));
    assertEquals("false", ping.headers().get("docker-experimental"));
    assertTrue(ping.headers().get("server").contains("container-tui"));
  }

  @Test
  void answersTheVersionsThatItKnows() throws IOException {
    assertEquals(200, fixture.get("/v1.24/_ping").status());
    assertEquals(200, fixture.get("/v1.51/version").status());
    assertEquals(400, fixture.get("/v1.23/_ping").status());
    assertEquals(
        "client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your"
            + " client to a newer version",
        message("/v1.23/version"));
    assertEquals(
        "client version 1.99 is too new. Maximum supported API version is 1.51",
        message("/v1.99/version"));
    assertEquals(400, fixture.get("/v1.2.3/_ping").status());
  }

  @Test
  void tellsItsVersion() throws IOException {
    JsonNode version = fixture.get("/version").json();
    assertEquals("28.3.0+container-tui.1.2.3", version.path("Version").asText());
    assertEquals("1.24", version.path("MinAPIVersion").asText());
    assertEquals("6.1.0", version.path("KernelVersion").asText());
    assertEquals("qemu", version.path("Components").path(1).path("Name").asText());
  }

  @Test
  void tellsWhatItIs() throws IOException {
    fixture.engine.add("one");
    JsonNode info = fixture.get("/info").json();
    assertEquals("engine-id", info.path("ID").asText());
    assertEquals(1, info.path("Containers").asInt());
    assertEquals(1, info.path("ContainersStopped").asInt());
    assertEquals("inactive", info.path("Swarm").path("LocalNodeState").asText());
    assertEquals("tcg", info.path(ContainerTui.FIELD).path("accelerator").asText());
  }

  @Test
  void countsWhatIsOnTheDisk() throws IOException {
    fixture.engine.add("one");
    JsonNode usage = fixture.get("/system/df").json();
    assertEquals(4096, usage.path("LayersSize").asLong());
    assertEquals(3000, usage.path("Images").path(0).path("SharedSize").asLong());
    assertEquals(1, usage.path("Images").path(0).path("Containers").asInt());
    assertEquals(512, usage.path("Containers").path(0).path("SizeRw").asLong());
    JsonNode some = fixture.get("/system/df?type=volume").json();
    assertTrue(some.has("Volumes"));
    assertTrue(!some.has("Images"));
  }

  @Test
  void saysWhatItDoesNotHave() throws IOException {
    assertEquals(501, fixture.get("/images/search?term=x").status());
    assertEquals(501, fixture.post("/build", "").status());
    assertEquals(501, fixture.post("/session", "").status());
    assertEquals(501, fixture.post("/networks/create", "{\"Name\":\"n\"}").status());
    assertEquals(501, fixture.post("/swarm/init", "{}").status());
    assertEquals(503, fixture.get("/swarm").status());
    assertEquals(503, fixture.get("/services").status());
    assertEquals(404, fixture.get("/volumes/none").status());
    assertEquals("page not found", message("/nowhere"));
    assertEquals(405, fixture.ask("PATCH", "/containers/json", "").status());
  }

  @Test
  void hasOneNetworkAndNoVolumes() throws IOException {
    fixture.engine.add("one").run();
    JsonNode networks = fixture.get("/networks").json();
    assertEquals(1, networks.size());
    assertEquals("bridge", networks.path(0).path("Name").asText());
    JsonNode network = fixture.get("/networks/bridge").json();
    assertEquals("one", network.path("Containers").path("c0".repeat(32)).path("Name").asText());
    assertEquals(404, fixture.get("/networks/other").status());
    assertEquals(403, fixture.ask("DELETE", "/networks/bridge", "").status());
    assertEquals(0, fixture.get("/volumes").json().path("Volumes").size());
    assertEquals(
        0, fixture.get("/networks?filters=%7B%22name%22%3A%5B%22other%22%5D%7D").json().size());
  }

  @Test
  void tellsEventsAsTheyHappen() throws Exception {
    FakeContainer container = fixture.engine.add("one");
    try (RawClient client = fixture.connect()) {
      client.request(
          "GET", "/events?filters=%7B%22event%22%3A%5B%22start%22%2C%22pull%22%5D%7D", "");
      assertEquals("application/json", client.head().headers().get("content-type"));
      container.run();
      container.exit(3);
      fixture.engine.publish(new ImageChanged(Instant.EPOCH, "pull", "docker.io/library/a:1"));
      JsonNode start = Json.parse(new String(client.chunk()), "event");
      assertEquals("start", start.path("Action").asText());
      assertEquals("container", start.path("Type").asText());
      assertEquals("one", start.path("Actor").path("Attributes").path("name").asText());
      assertEquals(1767225607L, start.path("time").asLong());
      assertEquals(1767225607000000000L, start.path("timeNano").asLong());
      JsonNode pull = Json.parse(new String(client.chunk()), "event");
      assertEquals("docker.io/library/a:1", pull.path("Actor").path("ID").asText());
    }
  }

  @Test
  void tellsThePastUpToATime() throws IOException {
    fixture.engine.happened("start", fixture.engine.add("one"), Map.of());
    fixture.engine.happened("die", fixture.engine.containers.getFirst(), Map.of("exitCode", "3"));
    RawClient.Answer past = fixture.get("/events?since=1767225600&until=1767225700");
    String[] lines = past.text().split("\n");
    assertEquals(2, lines.length);
    assertEquals(
        "3",
        Json.parse(lines[1], "event").path("Actor").path("Attributes").path("exitCode").asText());
  }

  @Test
  void tellsOnlyTheEventsThatTheFiltersAllow() throws IOException {
    FakeContainer container = fixture.engine.add("one");
    fixture.engine.happened("start", container, Map.of("image", "busybox", "colour", "red"));
    fixture.engine.happened("health_status", container, Map.of("health", "healthy"));
    fixture.engine.publish(new ImageChanged(Instant.ofEpochSecond(1767225608), "pull", "a:1"));
    assertEquals(1, told("{\"image\":[\"busybox\"],\"type\":[\"container\"]}"));
    assertEquals(1, told("{\"label\":[\"colour=red\"]}"));
    assertEquals(0, told("{\"label\":[\"colour=blue\"]}"));
    assertEquals(1, told("{\"event\":[\"health_status: healthy\"]}"));
    assertEquals(1, told("{\"event\":[\"health_status\"]}"));
    assertEquals(2, told("{\"container\":[\"one\"]}"));
    assertEquals(2, told("{\"container\":[\"" + container.shortId() + "\"]}"));
    assertEquals(1, told("{\"type\":[\"image\"]}"));
    assertEquals(3, told("{\"scope\":[\"local\"]}"));
    assertEquals(0, told("{\"type\":[\"network\"]}"));
  }

  private long told(String filters) throws IOException {
    return fixture
        .get(
            "/events?since=1767225600&until=1767225700&filters="
                + URLEncoder.encode(filters, StandardCharsets.UTF_8))
        .text()
        .lines()
        .count();
  }

  @Test
  void refusesFiltersThatItDoesNotKnow() throws IOException {
    String target = "/events?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D";
    assertEquals("invalid filter 'colour'", message(target));
    assertEquals(400, fixture.get("/containers/json?filters=%5B%5D").status());
  }
}
