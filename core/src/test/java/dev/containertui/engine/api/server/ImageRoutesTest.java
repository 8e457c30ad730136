package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageRoutesTest {
  private ServerFixture fixture;
  private FakeImages images;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture();
    images = fixture.engine.images;
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private int count(String filters) throws IOException {
    return fixture
        .get("/images/json?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8))
        .json()
        .size();
  }

  @Test
  void listsImagesWithTheNamesThatDockerPrints() throws IOException {
    fixture.engine.add("one");
    JsonNode image = fixture.get("/images/json").json().path(0);
    assertEquals(FakeImages.ID, image.path("Id").asText());
    assertEquals(
        "[\"busybox:latest\",\"localhost:5000/team/box:1.2\"]", image.path("RepoTags").toString());
    assertEquals("busybox@" + FakeImages.DIGEST, image.path("RepoDigests").path(0).asText());
    assertEquals(1, image.path("Containers").asInt());
    assertEquals("image", image.path("Labels").path("from").asText());
    assertEquals(FakeImages.DIGEST, image.path(ContainerTui.FIELD).path("digest").asText());
  }

  @Test
  void listsOnlyWhatTheFiltersAllow() throws IOException {
    assertEquals(0, count("{\"dangling\":[\"true\"]}"));
    assertEquals(1, count("{\"dangling\":[\"false\"]}"));
    assertEquals(1, count("{\"reference\":[\"busy*\"]}"));
    assertEquals(1, count("{\"reference\":[\"busybox:latest\"]}"));
    assertEquals(0, count("{\"reference\":[\"busybox:1\"]}"));
    assertEquals(1, count("{\"reference\":[\"localhost:5000/*/box\"]}"));
    assertEquals(1, count("{\"label\":[\"from=image\"]}"));
    assertEquals(0, count("{\"label\":[\"from=else\"]}"));
    assertEquals(0, count("{\"before\":[\"busybox\"]}"));
    assertEquals(1, count("{\"until\":[\"2026-01-01\"]}"));
    assertEquals(
        404, fixture.get("/images/json?filters=%7B%22since%22%3A%5B%22none%22%5D%7D").status());
  }

  @Test
  void inspectsByNamesWithSlashes() throws IOException {
    JsonNode image = fixture.get("/v1.44/images/localhost:5000/team/box:1.2/json").json();
    assertEquals(FakeImages.ID, image.path("Id").asText());
    assertEquals("linux", image.path("Os").asText());
    assertEquals("[\"PATH=/bin\",\"A=1\"]", image.path("Config").path("Env").toString());
    assertEquals(FakeImages.LAYER, image.path("RootFS").path("Layers").path(0).asText());
    assertEquals(200, fixture.get("/images/localhost:5000%2Fteam%2Fbox:1.2/json").status());
    assertEquals(200, fixture.get("/images/" + FakeImages.ID + "/json").status());
    assertEquals(404, fixture.get("/images/none/json").status());
    assertEquals(
        "No such image: none", fixture.get("/images/none/json").json().path("message").asText());
  }

  @Test
  void tellsTheHistory() throws IOException {
    JsonNode history = fixture.get("/images/busybox/history").json();
    assertEquals(FakeImages.ID, history.path(0).path("Id").asText());
    assertEquals("busybox:latest", history.path(0).path("Tags").path(0).asText());
    assertEquals("<missing>", history.path(1).path("Id").asText());
    assertEquals(100, history.path(1).path("Size").asLong());
  }

  @Test
  void namesAndRemoves() throws IOException {
    assertEquals(201, fixture.post("/images/busybox/tag?repo=localhost:5000/a&tag=2", "").status());
    assertEquals("tag busybox localhost:5000/a:2", images.calls.getFirst());
    assertEquals(400, fixture.post("/images/busybox/tag", "").status());
    JsonNode removed = fixture.ask("DELETE", "/images/busybox:latest?force=1", "").json();
    assertEquals(
        "[{\"Untagged\":\"busybox:latest\"},{\"Deleted\":\"" + FakeImages.ID + "\"}]",
        removed.toString());
    assertEquals("remove busybox:latest true", images.calls.getLast());
    assertEquals(404, fixture.ask("DELETE", "/images/none", "").status());
  }

  @Test
  void tellsAPullLineByLine() throws IOException {
    RawClient.Answer answer =
        fixture.post("/images/create?fromImage=busybox&tag=1&platform=linux/arm64", "");
    assertEquals("application/json", answer.headers().get("content-type"));
    String[] lines = answer.text().split("\r\n");
    assertEquals("{\"status\":\"Pulling from library/busybox\",\"id\":\"1\"}", lines[0]);
    assertEquals(
        "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"1a1a1a1a1a1a\"}",
        lines[1]);
    assertEquals(
        "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":50,\"total\":100},"
            + "\"id\":\"1a1a1a1a1a1a\"}",
        lines[2]);
    assertTrue(lines[5].contains("Digest: " + FakeImages.DIGEST));
    assertTrue(lines[6].contains("Status: Downloaded newer image for busybox:1"));
    assertEquals("pull docker.io/library/busybox:1 linux/arm64", images.calls.getFirst());
    assertTrue(
        fixture
            .post("/images/create?fromImage=busybox&tag=latest", "")
            .text()
            .contains("Status: Image is up to date for busybox:latest"));
  }

  @Test
  void tellsAFailedPullInTheStatusOrInALine() throws IOException {
    images.pullFailure = Optional.of(new EngineException(Kind.NOT_FOUND, "no such image"));
    assertEquals(404, fixture.post("/images/create?fromImage=none", "").status());
    images.pullFailure =
        Optional.of(new EngineException(Kind.UNAVAILABLE, "it broke", "try again"));
    RawClient.Answer broken = fixture.post("/images/create?fromImage=none", "");
    assertEquals(200, broken.status());
    String[] lines = broken.text().split("\r\n");
    assertEquals(
        "{\"errorDetail\":{\"code\":503,\"message\":\"it broke\"},\"error\":\"it broke\","
            + "\"kind\":\"UNAVAILABLE\",\"hint\":\"try again\"}",
        lines[lines.length - 1]);
  }

  @Test
  void takesTheClientsLoginForOneRequest() throws IOException {
    String login =
        Base64.getUrlEncoder()
            .encodeToString("{\"username\": \"me\", \"password\": \"secret\"}".getBytes());
    assertEquals(
        "as Password[user=me]", callWith(login, "/images/create?fromImage=busybox").getFirst());
    assertEquals("as Password[user=me]", callWith(login, "/images/busybox/push").getFirst());
    assertTrue(callWith("e30=", "/images/busybox/push").getFirst().startsWith("push "));
    assertEquals(List.of(), callWith("%%%", "/images/busybox/push"));
  }

  private List<String> callWith(String login, String target) throws IOException {
    images.calls.clear();
    try (RawClient client = fixture.connect()) {
      client.send(
          "POST " + target + " HTTP/1.1\r\nHost: x\r\nX-Registry-Auth: " + login + "\r\n\r\n");
      client.answer();
    }
    return List.copyOf(images.calls);
  }

  @Test
  void asksTheRegistryAboutALogin() throws IOException {
    String good = "{\"username\": \"me\", \"password\": \"secret\", \"serveraddress\": \"%s\"}";
    assertEquals(
        "Login Succeeded",
        fixture.post("/auth", good.formatted("localhost:5000")).json().path("Status").asText());
    assertEquals("login to localhost:5000", images.calls.getLast());
    fixture.post("/auth", good.formatted("https://index.docker.io/v1/"));
    assertEquals("login to docker.io", images.calls.getLast());
    assertEquals(
        401, fixture.post("/auth", "{\"username\": \"me\", \"password\": \"bad\"}").status());
    assertEquals(400, fixture.post("/auth", "{}").status());
  }

  @Test
  void pushes() throws IOException {
    String text = fixture.post("/images/localhost:5000/team/box/push?tag=1.2", "").text();
    assertEquals("push localhost:5000/team/box:1.2", images.calls.getFirst());
    assertTrue(text.contains("The push refers to repository [localhost:5000/team/box]"), text);
    assertTrue(text.contains("\"Pushed\""), text);
    assertTrue(text.contains("1.2: digest: " + FakeImages.DIGEST), text);
    fixture.post("/images/busybox/push", "");
    assertEquals("push docker.io/library/busybox:latest", images.calls.getLast());
    assertEquals(404, fixture.post("/images/none/push", "").status());
    assertEquals(404, fixture.post("/images/busybox/push?tag=other", "").status());
  }

  @Test
  void savesLoadsAndImports() throws IOException {
    RawClient.Answer saved = fixture.get("/images/get?names=busybox&names=busybox:latest");
    assertEquals("application/x-tar", saved.headers().get("content-type"));
    assertEquals("saved [busybox, busybox:latest]", saved.text());
    assertEquals("saved [busybox]", fixture.get("/images/busybox/get").text());
    assertEquals(404, fixture.get("/images/get?names=none").status());
    String loaded = fixture.post("/images/load?quiet=1", "archive").text();
    assertEquals("load archive", images.calls.getFirst());
    assertTrue(loaded.contains("Loaded image: busybox:latest\\n"), loaded);
    assertTrue(loaded.contains("Loaded image ID: " + FakeImages.ID), loaded);
    String imported =
        fixture
            .post(
                "/images/create?fromSrc=-&repo=mine&tag=1&message=m&changes=CMD%20ls&changes=USER%20u",
                "archive")
            .text();
    assertEquals("import archive mine:1 m [CMD ls, USER u]", images.calls.getLast());
    assertTrue(imported.contains(FakeImages.ID), imported);
    assertEquals(501, fixture.post("/images/create?fromSrc=http://x/", "").status());
  }

  @Test
  void prunes() throws IOException {
    JsonNode pruned = fixture.post("/images/prune", "").json();
    assertEquals(FakeImages.ID, pruned.path("ImagesDeleted").path(0).path("Deleted").asText());
    assertEquals("prune false true", images.calls.getFirst());
    fixture.post("/images/prune?filters=%7B%22dangling%22%3A%5B%22false%22%5D%7D", "");
    assertEquals("prune true true", images.calls.getLast());
  }

  @Test
  void makesAnImageOfAContainer() throws IOException {
    FakeContainer container = fixture.engine.add("one");
    RawClient.Answer answer =
        fixture.post(
            "/commit?container=one&repo=mine&tag=2&author=me&comment=c&changes=CMD%20ls&pause=0",
            "");
    assertEquals(201, answer.status());
    assertEquals(FakeImages.ID, answer.json().path("Id").asText());
    assertEquals(
        "commit CommitSpec[reference=Optional[mine:2], author=Optional[me], comment=Optional[c],"
            + " changes=[CMD ls], pause=false]",
        container.calls.getFirst());
    assertEquals(400, fixture.post("/commit", "").status());
  }

  @Test
  void tellsWhatTheRegistryHas() throws IOException {
    assertEquals(
        FakeImages.DIGEST,
        fixture
            .get("/distribution/busybox/json")
            .json()
            .path("Descriptor")
            .path("digest")
            .asText());
  }

  @Test
  void readsAndWritesFiles() throws IOException {
    FakeContainer container = fixture.engine.add("one");
    container.files.content.put("/etc/motd", "hello".getBytes());
    RawClient.Answer read = fixture.get("/containers/one/archive?path=/etc/motd");
    assertEquals("hello", read.text());
    JsonNode stat =
        Json.parse(
            new String(
                Base64.getDecoder().decode(read.headers().get("x-docker-container-path-stat"))),
            "stat");
    assertEquals("motd", stat.path("name").asText());
    assertEquals(5, stat.path("size").asInt());
    assertEquals((1 << 23) | 0755, stat.path("mode").asLong());
    assertEquals(2, stat.path(ContainerTui.FIELD).path("gid").asInt());
    try (RawClient client = fixture.connect()) {
      RawClient.Head head = client.request("HEAD", "/containers/one/archive?path=link", "").head();
      assertEquals(200, head.status());
      String header = head.headers().get("x-docker-container-path-stat");
      JsonNode link = Json.parse(new String(Base64.getDecoder().decode(header)), "stat");
      assertEquals("/to", link.path("linkTarget").asText());
      assertEquals((1L << 27) | 0777, link.path("mode").asLong());
    }
    assertEquals(200, fixture.ask("PUT", "/containers/one/archive?path=/tmp", "archive").status());
    assertEquals("archive", new String(container.files.content.get("/tmp")));
    assertEquals(404, fixture.get("/containers/one/archive?path=/none").status());
    assertEquals(400, fixture.get("/containers/one/archive").status());
    assertEquals(
        "[{\"Path\":\"/a\",\"Kind\":1},{\"Path\":\"/b\",\"Kind\":2}]",
        fixture.get("/containers/one/changes").json().toString());
    assertEquals("everything", fixture.get("/containers/one/export").text());
    String content = "/container-tui/containers/one/files/content?path=/etc/motd&limit=";
    assertEquals("hel", fixture.get(content + 3).text());
    assertEquals("hello", fixture.get(content + 1_000_000).text());
    assertEquals(400, fixture.get(content + "-1").status());
  }
}
