package dev.containertui.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Testcontainers, in a program of its own: it is told of the engine by environment variables. Its
 * reaper is off: it is a container that needs the engine's socket inside.
 */
@Timeout(240)
class TestcontainersIT {
  @TempDir static Path home;
  private static RunningEngine engine;
  private static DockerClient client;

  @BeforeAll
  static void start() throws Exception {
    engine = RunningEngine.start(home);
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix://" + engine.socket())
            .withDockerTlsVerify(false)
            .build();
    client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
    engine.importImage();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    engine.stop();
  }

  @Test
  void aGenericContainerStartsIsUsedAndGoes() throws Exception {
    Path output = home.resolve("program.out");
    Path errors = home.resolve("program.err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            TestcontainersProgram.class.getName(),
            RunningEngine.IMAGE);
    builder.environment().put("DOCKER_HOST", "unix://" + engine.socket());
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    builder.environment().put("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    Process program =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    if (!program.waitFor(200, TimeUnit.SECONDS)) {
      program.destroyForcibly();
    }
    String text = Files.readString(output);
    assertEquals(0, program.exitValue(), () -> text + read(errors));
    for (String expected :
        List.of(
            "exec=51\nerr\n",
            "copied=while it runs\n",
            "copied before the start\n",
            "ready\n",
            "bad\n",
            "running=true",
            "done")) {
      assertTrue(text.contains(expected), () -> "no " + expected + " in " + text + read(errors));
    }
    assertEquals(List.of(), client.listContainersCmd().withShowAll(true).exec());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
