package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.engine.api.server.ApiServer;
import dev.containertui.registry.server.LoopbackRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real engine that the real docker command works with, and a registry with an image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DockerSetting {
  private static final ObjectMapper JSON = new ObjectMapper();

  Path home;
  EngineConfig config;
  LoopbackRegistry registry;
  DockerCommand docker;
  String image;
  String pulled;
  private LocalEngine engine;
  private ApiServer server;

  @BeforeAll
  void pullAnImage(@TempDir Path directory) throws Exception {
    home = directory;
    config = TestEngine.prepare(home.resolve("state"));
    engine = LocalEngine.openSupervising(config);
    Path socket = home.resolve("s/docker.sock");
    server = ApiServer.start(engine, socket);
    docker = new DockerCommand(socket, Files.createDirectory(home.resolve("config")));
    registry = LoopbackRegistry.start();
    TestEngine.pushBusybox(registry);
    image = registry.address() + "/busybox:latest";
    pulled = docker.run("pull", image).ok();
  }

  @AfterAll
  void close() throws Exception {
    server.close();
    engine.close();
    registry.close();
    Files.delete(home.resolve("s/docker.sock"));
    Leftovers.assertNone(config);
  }

  /** No test sees what another has left. */
  @AfterEach
  void removeContainers() throws Exception {
    for (String id : docker.ok("ps", "-aq").lines().toList()) {
      docker.ok("rm", "-f", id);
    }
  }

  JsonNode inspect(String name) throws Exception {
    return JSON.readTree(docker.ok("inspect", name)).path(0);
  }

  String state(String name) throws Exception {
    return inspect(name).path("State").path("Status").asText();
  }

  void awaitState(String name, String state) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (!state(name).equals(state) && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    assertEquals(state, state(name));
  }
}
