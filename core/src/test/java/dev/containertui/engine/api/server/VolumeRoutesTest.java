package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.MountText;
import dev.containertui.volume.VolumeSpec;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumeRoutesTest {
  private ServerFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new ServerFixture();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static String filters(String json) {
    return "?filters=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  private List<String> names(String json) throws IOException {
    return fixture
        .get("/volumes" + filters(json))
        .json()
        .path("Volumes")
        .valueStream()
        .map(volume -> volume.path("Name").asText())
        .toList();
  }

  private void use(String name, String mount) {
    fixture.engine.add(
        ContainerSpec.of("busybox").name(name).mounts(List.of(MountText.volume(mount))).build());
  }

  @Test
  void makesTellsAndRemoves() throws IOException {
    RawClient.Answer made =
        fixture.post(
            "/volumes/create",
            "{\"Name\":\"data\",\"Driver\":\"local\",\"DriverOpts\":{\"size\":\"1g\"},"
                + "\"Labels\":{\"a\":\"b\"}}");
    assertEquals(201, made.status(), made.text());
    JsonNode volume = fixture.get("/volumes/data").json();
    assertEquals(made.json(), volume);
    assertEquals("data", volume.path("Name").asText());
    assertEquals("local", volume.path("Driver").asText());
    assertEquals("local", volume.path("Scope").asText());
    assertEquals("b", volume.path("Labels").path("a").asText());
    assertEquals("1g", volume.path("Options").path("size").asText());
    assertEquals("2026-01-01T00:00:07Z", volume.path("CreatedAt").asText());
    assertEquals(204, fixture.ask("DELETE", "/volumes/data", "").status());
    assertEquals(404, fixture.ask("DELETE", "/volumes/data", "").status());
    assertEquals(204, fixture.ask("DELETE", "/volumes/data?force=1", "").status());
    assertEquals(
        "get data: no such volume", fixture.get("/volumes/data").json().path("message").asText());
    assertEquals(400, fixture.post("/volumes/create", "{\"Name\":\"../x\"}").status());
    assertEquals(201, fixture.post("/volumes/create", "{}").status());
  }

  @Test
  void lists() throws IOException {
    fixture.engine.volumes.create(VolumeSpec.named("used"));
    fixture.engine.volumes.create(
        new VolumeSpec(Optional.of("free"), "local", Map.of("a", "b"), Map.of()));
    use("one", "used:/x");
    assertEquals(List.of("free", "used"), names("{}"));
    assertEquals(List.of("free"), names("{\"dangling\":[\"true\"]}"));
    assertEquals(List.of("used"), names("{\"dangling\":[\"0\"]}"));
    assertEquals(List.of("free"), names("{\"label\":[\"a=b\"]}"));
    assertEquals(List.of("used"), names("{\"name\":[\"se\"]}"));
    assertEquals(List.of(), names("{\"driver\":[\"nfs\"]}"));
    assertEquals(400, fixture.get("/volumes" + filters("{\"colour\":[\"x\"]}")).status());
  }

  @Test
  void keepsWhatAContainerHas() throws IOException {
    fixture.engine.volumes.create(VolumeSpec.named("data"));
    use("one", "data:/x");
    RawClient.Answer refused = fixture.ask("DELETE", "/volumes/data", "");
    assertEquals(409, refused.status());
    assertEquals(
        "remove data: volume is in use - [" + "c0".repeat(32) + "]",
        refused.json().path("message").asText());
  }

  @Test
  void prunesAnonymousOnesUnlessToldOtherwise() throws IOException {
    fixture.engine.volumes.create(VolumeSpec.named("data"));
    fixture.engine.volumes.create(new VolumeSpec(Optional.empty(), "local", Map.of(), Map.of()));
    JsonNode pruned = fixture.post("/volumes/prune", "").json();
    assertEquals(1, pruned.path("VolumesDeleted").size());
    assertEquals(4096, pruned.path("SpaceReclaimed").asLong());
    assertEquals(List.of("data"), names("{}"));
    fixture.post("/volumes/prune" + filters("{\"all\":[\"true\"]}"), "");
    assertEquals(List.of(), names("{}"));
    fixture.engine.volumes.create(VolumeSpec.named("data"));
    fixture.post("/v1.41/volumes/prune", "");
    assertEquals(List.of(), names("{}"));
  }

  @Test
  void tellsOfAContainersMounts() throws IOException {
    fixture.engine.volumes.create(VolumeSpec.named("data"));
    use("one", "data:/x:ro");
    JsonNode one = fixture.get("/containers/one/json").json();
    JsonNode mount = one.path("Mounts").path(0);
    assertEquals("volume", mount.path("Type").asText());
    assertEquals("data", mount.path("Name").asText());
    assertEquals("/x", mount.path("Destination").asText());
    assertEquals("/volumes/data/disk.ext4", mount.path("Source").asText());
    assertTrue(mount.has("RW") && !mount.path("RW").asBoolean());
    assertEquals("data:/x:ro", one.path("HostConfig").path("Binds").path(0).asText());
    JsonNode listed = fixture.get("/containers/json?all=1").json().path(0);
    assertEquals("data", listed.path("Mounts").path(0).path("Name").asText());
    for (String value : List.of("data", "/x")) {
      assertEquals(
          1,
          fixture
              .get("/containers/json" + filters("{\"volume\":[\"" + value + "\"]}") + "&all=1")
              .json()
              .size());
    }
  }
}
