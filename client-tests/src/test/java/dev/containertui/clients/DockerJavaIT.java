package dev.containertui.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.okhttp.OkDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docker-java, over each of its ways to a Unix socket. */
@Timeout(180)
class DockerJavaIT {
  @TempDir static Path home;
  private static RunningEngine engine;

  /** docker-java's transports. */
  enum Transport {
    ZERODEP {
      @Override
      DockerHttpClient client(DockerClientConfig config) {
        return new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build();
      }
    },
    HTTPCLIENT5 {
      @Override
      DockerHttpClient client(DockerClientConfig config) {
        return new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build();
      }
    },
    OKHTTP {
      @Override
      DockerHttpClient client(DockerClientConfig config) {
        return new OkDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build();
      }
    },
    JERSEY {
      @Override
      @SuppressWarnings("deprecation") // It is still there, and used.
      DockerHttpClient client(DockerClientConfig config) {
        return new com.github.dockerjava.jaxrs.JerseyDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .build();
      }
    };

    abstract DockerHttpClient client(DockerClientConfig config);
  }

  @BeforeAll
  static void start() throws Exception {
    engine = RunningEngine.start(home);
    engine.importImage();
  }

  @AfterAll
  static void stop() throws Exception {
    engine.stop();
  }

  private static DockerClient client(Transport transport) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix://" + engine.socket())
            .withDockerTlsVerify(false)
            .build();
    return DockerClientImpl.getInstance(config, transport.client(config));
  }

  /** What a stream brings, by kind. */
  private static final class Frames extends ResultCallback.Adapter<Frame> {
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final CountDownLatch first = new CountDownLatch(1);

    @Override
    public void onNext(Frame frame) {
      frames.add(frame);
      first.countDown();
    }

    String text(StreamType type) {
      return frames.stream()
          .filter(frame -> frame.getStreamType() == type)
          .map(frame -> new String(frame.getPayload(), StandardCharsets.UTF_8))
          .collect(Collectors.joining());
    }
  }

  private static String create(DockerClient client, String name, String script) {
    return client
        .createContainerCmd(RunningEngine.IMAGE)
        .withName(name)
        .withCmd("sh", "-c", script)
        .withEnv("MINE=1")
        .withLabels(Map.of("made.by", "test"))
        .exec()
        .getId();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void tellsAboutTheEngine(Transport transport) throws IOException {
    try (DockerClient client = client(transport)) {
      client.pingCmd().exec();
      assertEquals("linux", client.versionCmd().exec().getOperatingSystem());
      assertTrue(client.infoCmd().exec().getNCPU() > 0);
      assertTrue(
          client.listImagesCmd().exec().stream()
              .anyMatch(image -> List.of(image.getRepoTags()).contains(RunningEngine.IMAGE)));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void livesThroughAContainersWholeLife(Transport transport) throws Exception {
    String name = "life-" + transport.name().toLowerCase();
    long begin = System.currentTimeMillis() / 1000;
    try (DockerClient client = client(transport)) {
      String id = create(client, name, "echo out; echo err >&2; echo $MINE; exec sleep 600");
      client.startContainerCmd(id).exec();
      assertThrows(NotModifiedException.class, () -> client.startContainerCmd(id).exec());

      Frames logs = new Frames();
      client
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .withFollowStream(true)
          .exec(logs);
      assertTrue(logs.first.await(30, TimeUnit.SECONDS));

      assertTrue(client.inspectContainerCmd(id).exec().getState().getRunning());
      Container listed =
          client.listContainersCmd().withLabelFilter(Map.of("made.by", "test")).exec().stream()
              .filter(c -> c.getId().equals(id))
              .findFirst()
              .orElseThrow();
      assertEquals("/" + name, listed.getNames()[0]);

      client.pauseContainerCmd(id).exec();
      assertEquals("paused", client.inspectContainerCmd(id).exec().getState().getStatus());
      client.unpauseContainerCmd(id).exec();

      Statistics sample =
          client.statsCmd(id).withNoStream(true).exec(new FirstResult<Statistics>()).await();
      assertTrue(sample.getMemoryStats().getUsage() > 0);
      assertTrue(client.topContainerCmd(id).exec().getProcesses().length >= 1);

      client.stopContainerCmd(id).withTimeout(1).exec();
      int code =
          client
              .waitContainerCmd(id)
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode(30, TimeUnit.SECONDS);
      assertEquals(137, code);
      assertTrue(logs.awaitCompletion(30, TimeUnit.SECONDS));
      assertEquals("out\n1\n", logs.text(StreamType.STDOUT));
      assertEquals("err\n", logs.text(StreamType.STDERR));
      client.removeContainerCmd(id).exec();
      assertThrows(NotFoundException.class, () -> client.inspectContainerCmd(id).exec());
      assertTrue(
          actions(client, id, begin)
              .containsAll(List.of("start", "pause", "unpause", "die", "destroy")));
    }
  }

  /** What was told of a container. Asked for afterwards: some transports cannot let go. */
  private static List<String> actions(DockerClient client, String id, long begin)
      throws InterruptedException {
    List<String> actions = new CopyOnWriteArrayList<>();
    var events =
        new ResultCallback.Adapter<Event>() {
          @Override
          public void onNext(Event event) {
            actions.add(event.getAction());
          }
        };
    client
        .eventsCmd()
        .withContainerFilter(id)
        .withSince(Long.toString(begin))
        .withUntil(Long.toString(System.currentTimeMillis() / 1000 + 1))
        .exec(events);
    assertTrue(events.awaitCompletion(30, TimeUnit.SECONDS));
    return actions;
  }

  /** The first of a stream's results. */
  private static final class FirstResult<T> extends ResultCallback.Adapter<T> {
    private volatile T result;

    @Override
    public void onNext(T next) {
      result = next;
    }

    T await() throws InterruptedException {
      assertTrue(awaitCompletion(30, TimeUnit.SECONDS));
      return result;
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void executesProcesses(Transport transport) throws Exception {
    try (DockerClient client = client(transport)) {
      String id = create(client, "exec-" + transport.name().toLowerCase(), "exec sleep 600");
      client.startContainerCmd(id).exec();
      String exec =
          client
              .execCreateCmd(id)
              .withCmd("sh", "-c", "echo out; echo err >&2; exit 3")
              .withAttachStdout(true)
              .withAttachStderr(true)
              .exec()
              .getId();
      Frames frames = client.execStartCmd(exec).exec(new Frames());
      assertTrue(frames.awaitCompletion(30, TimeUnit.SECONDS));
      assertEquals("out\n", frames.text(StreamType.STDOUT));
      assertEquals("err\n", frames.text(StreamType.STDERR));
      assertEquals(3L, client.inspectExecCmd(exec).exec().getExitCodeLong());
      client.removeContainerCmd(id).withForce(true).exec();
    }
  }

  /** Jersey says itself that it "does not support hijacking". */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JERSEY")
  void passesStandardInputOn(Transport transport) throws Exception {
    PipedOutputStream toTheCat = new PipedOutputStream();
    PipedInputStream stdin = new PipedInputStream(toTheCat);
    try (DockerClient client = client(transport)) {
      String id =
          client
              .createContainerCmd(RunningEngine.IMAGE)
              .withCmd("cat")
              .withStdinOpen(true)
              .withStdInOnce(true)
              .withAttachStdin(true)
              .withAttachStdout(true)
              .exec()
              .getId();
      Frames frames = new Frames();
      client
          .attachContainerCmd(id)
          .withStdIn(stdin)
          .withStdOut(true)
          .withFollowStream(true)
          .exec(frames);
      client.startContainerCmd(id).exec();
      toTheCat.write("to the cat\n".getBytes());
      toTheCat.flush();
      // At the end of the input OkHttp closes the whole connection.
      if (transport != Transport.OKHTTP) {
        toTheCat.close();
      }
      assertTrue(frames.first.await(60, TimeUnit.SECONDS));
      assertEquals("to the cat\n", frames.text(StreamType.STDOUT));
      client.removeContainerCmd(id).withForce(true).exec();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void copiesFilesAndCommits(Transport transport) throws Exception {
    String tag = transport.name().toLowerCase();
    try (DockerClient client = client(transport)) {
      String id = create(client, "files-" + tag, "cat /data/hello; echo more > /data/more");
      Path file = Files.writeString(home.resolve("hello"), "from the host\n");
      client
          .copyArchiveToContainerCmd(id)
          .withHostResource(file.toString())
          .withRemotePath("/data")
          .exec();
      client.startContainerCmd(id).exec();
      int code =
          client
              .waitContainerCmd(id)
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode(60, TimeUnit.SECONDS);
      assertEquals(0, code);
      try (InputStream archive = client.copyArchiveFromContainerCmd(id, "/data/more").exec();
          TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
        assertEquals("more", tar.getNextEntry().getName());
        assertEquals("more\n", new String(tar.readAllBytes()));
      }
      assertTrue(
          client.containerDiffCmd(id).exec().stream()
              .anyMatch(change -> change.getPath().equals("/data/more")));
      String image = client.commitCmd(id).withRepository("made").withTag(tag).exec();
      assertTrue(client.inspectImageCmd("made:" + tag).exec().getId().startsWith("sha256:"));
      assertThrows(
          ConflictException.class, () -> client.removeImageCmd(RunningEngine.IMAGE).exec());
      client.removeContainerCmd(id).exec();
      client.removeImageCmd(image).withForce(true).exec();
    }
  }
}
