package dev.containertui.clients;

import java.nio.charset.StandardCharsets;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** Uses Testcontainers as its users do; prints what it saw. */
final class TestcontainersProgram {
  private TestcontainersProgram() {}

  /**
   * @param arguments name of the image
   */
  public static void main(String[] arguments) throws Exception {
    WaitingConsumer consumer = new WaitingConsumer();
    try (GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(arguments[0]))
            .withCommand(
                "sh", "-c", "cat /data/given; sleep 1; echo ready; echo bad >&2; sleep 600")
            .withEnv("MINE", "1")
            .withCopyToContainer(Transferable.of("copied before the start\n"), "/data/given")
            .withLogConsumer(consumer)
            .waitingFor(Wait.forLogMessage(".*ready.*\\n", 1))) {
      container.start();
      consumer.waitUntil(frame -> frame.getUtf8String().contains("copied before the start"));
      ExecResult exec = container.execInContainer("sh", "-c", "echo $MINE; echo err >&2; exit 5");
      System.out.println("exec=" + exec.getExitCode() + exec.getStdout() + exec.getStderr());
      container.copyFileToContainer(Transferable.of("while it runs\n"), "/data/later");
      String copied =
          container.copyFileFromContainer(
              "/data/later", in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
      System.out.println("copied=" + copied);
      System.out.println("logs=" + container.getLogs());
      System.out.println("running=" + container.isRunning());
    }
    System.out.println("done");
  }
}
