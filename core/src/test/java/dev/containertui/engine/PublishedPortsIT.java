package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.PortGrammar;
import dev.containertui.network.PortSpec;
import dev.containertui.network.PublishedPort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports of containers, from the host's side. */
@Timeout(300)
class PublishedPortsIT {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(120).toNanos();
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String READY = "ready";

  /** Assembled from src/test/asm/udp-echo.S. */
  private static final byte[] UDP_ECHO =
      Base64.getDecoder()
          .decode(
              "f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAAeABAAAAAAABAAAAAAAAAAAABAAAAAAAAAAAAAEAAOAABAEAAAwACAAEA"
                  + "AAAHAAAAeAAAAAAAAAB4AEAAAAAAAHgAQAAAAAAAdQAAAAAAAAB1AAAAAAAAAAEAAAAAAAAASIHsAAgAALgpAAAA"
                  + "vwIAAAC+AgAAADHSDwWJw0jHRCQIAAAAAEjHBCQCAAA1uDEAAACJ30iJ5roQAAAADwXHRCQQEAAAALgtAAAAid9I"
                  + "jXQkILrcBQAARTHSSYngTI1MJBAPBYnCuCwAAABBuRAAAAAPBevJ");

  @TempDir Path home;
  private EngineConfig config;
  private LocalEngine engine;
  private String image;

  @BeforeEach
  void open() throws Exception {
    config = TestEngine.prepare(home);
    engine = LocalEngine.openSupervising(config);
    image = TestEngine.pullBusybox(engine, Map.of("udp-echo", UDP_ECHO)).references().getFirst();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
  }

  private static PortSpec ports(String... published) {
    return new PortSpec(
        List.of(published).stream().flatMap(text -> PortGrammar.published(text).stream()).toList(),
        false,
        List.of());
  }

  /** Says its name to everybody who connects to port 80. */
  private static ContainerSpec.Builder greeter(String image, String name, String... published) {
    return ContainerSpec.of(image)
        .name(name)
        .arguments("nc", "-ll", "-p", "80", "-e", "echo", name)
        .ports(ports(published));
  }

  private Container started(ContainerSpec.Builder spec) {
    Container container = engine.containers().create(spec.build());
    container.start();
    return container;
  }

  /**
   * A port that stays free: not one of those that Linux gives to whoever connects or does not mind.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static int hostPort(Container container) {
    return container.ports().getFirst().hostPort();
  }

  /** What a server on TCP says; asked again until it is up. */
  private static String heard(int port) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      String said = "";
      try (Socket socket = new Socket(LOOPBACK, port)) {
        socket.setSoTimeout(5000);
        said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        // Nobody listens in the container yet, or its server has more to do than it can.
      }
      if (!said.isEmpty() || System.nanoTime() > deadline) {
        return said.strip();
      }
      Thread.sleep(50);
    }
  }

  private static String echoed(int port, String text) throws Exception {
    byte[] sent = text.getBytes(StandardCharsets.UTF_8);
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      socket.setSoTimeout(500);
      while (System.nanoTime() < deadline) {
        socket.send(new DatagramPacket(sent, sent.length, LOOPBACK, port));
        try {
          socket.receive(answer);
          return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
          // Not up yet, or lost.
        }
      }
    }
    return "";
  }

  private static boolean isFree(int port) {
    try (ServerSocket trial = new ServerSocket()) {
      trial.bind(new InetSocketAddress("0.0.0.0", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aServerInAContainerIsReachedAtThePortsOfTheHost() throws Exception {
    int fixed = freePort();
    Container web = started(greeter(image, "web", fixed + ":80", "127.0.0.1::80"));
    List<PublishedPort> ports = web.ports();
    assertEquals("0.0.0.0:" + fixed + "->80/tcp", ports.get(0).toString());
    assertEquals("127.0.0.1", ports.get(1).address());
    assertTrue(ports.get(1).hostPort() >= 1024, ports.toString());
    assertEquals("web", heard(fixed));
    assertEquals("web", heard(ports.get(1).hostPort()));
    assertTrue(
        web.bootTimeline().marks().stream().anyMatch(mark -> mark.step().equals("ports")),
        web.bootTimeline().toString());
    web.pause();
    assertEquals(ports, web.ports());
    web.unpause();
    assertEquals("web", heard(fixed));
    web.stop(Duration.ZERO);
    assertEquals(List.of(), web.ports());
    assertTrue(isFree(fixed));
  }

  @Test
  void machinesThatBootAndThoseThatWereUsedPublishToo() throws Exception {
    Container web = started(greeter(image, "web", "127.0.0.1::80").coldBoot(true));
    assertEquals("web", heard(hostPort(web)));
    web.stop(Duration.ZERO);
    web.start();
    assertEquals("web", heard(hostPort(web)));
  }

  @Test
  void datagramsGoThereAndBack() throws Exception {
    Container any =
        started(ContainerSpec.of(image).arguments("udp-echo").ports(ports("127.0.0.1::53/udp")));
    assertEquals("there and back", echoed(hostPort(any), "there and back"));
    int port = freePort();
    started(
        ContainerSpec.of(image)
            .arguments("udp-echo")
            .ports(ports("127.0.0.1:" + port + ":53/udp")));
    assertEquals("here too", echoed(port, "here too"));
    EngineException taken =
        assertThrows(EngineException.class, () -> started(greeter(image, "two", port + ":80/udp")));
    assertEquals(Kind.CONFLICT, taken.kind());
    // The same number of the other protocol is another port.
    assertEquals("three", heard(hostPort(started(greeter(image, "three", port + ":80")))));
  }

  @Test
  void aPortThatIsTakenIsNamedWithWhoHasIt() throws Exception {
    int port = freePort();
    started(greeter(image, "first", port + ":80"));
    EngineException byContainer =
        assertThrows(
            EngineException.class,
            () -> started(greeter(image, "second", "127.0.0.1:" + port + ":80")));
    assertEquals(Kind.CONFLICT, byContainer.kind());
    assertEquals(
        "port 80/tcp is not published: cannot listen at 127.0.0.1:"
            + port
            + " (tcp): port is already allocated, to container first",
        byContainer.getMessage());
    Container second = engine.containers().find("second").orElseThrow();
    assertInstanceOf(ContainerState.Failed.class, second.state());
    assertEquals(List.of(), second.ports());
    assertEquals("first", heard(port));

    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      EngineException byAnother =
          assertThrows(
              EngineException.class,
              () -> started(greeter(image, "third", other.getLocalPort() + ":80")));
      assertEquals(Kind.CONFLICT, byAnother.kind());
      assertTrue(byAnother.getMessage().endsWith("port is already allocated"));
      assertTrue(byAnother.hint().contains("ss -lnp"), byAnother.hint());
    }
    EngineException elsewhere =
        assertThrows(
            EngineException.class, () -> started(greeter(image, "fourth", "192.0.2.1::80")));
    assertEquals(Kind.INVALID, elsewhere.kind());
    assertTrue(elsewhere.getMessage().contains("does not have that address"));

    // What a failed start had published before the port that was taken is free again.
    int before = freePort();
    assertThrows(
        EngineException.class,
        () -> started(greeter(image, "fifth", before + ":80", port + ":81")));
    assertTrue(isFree(before));
    engine.containers().find("first").orElseThrow().stop(Duration.ZERO);
    second.start();
    assertEquals("second", heard(port));
  }

  @Test
  void theFirstFreePortOfARangeIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      int port = other.getLocalPort();
      Container web =
          started(greeter(image, "web", "127.0.0.1:" + port + "-" + (port + 20) + ":80"));
      assertTrue(hostPort(web) > port, web.ports().toString());
      assertEquals("web", heard(hostPort(web)));
      EngineException none =
          assertThrows(
              EngineException.class,
              () ->
                  started(
                      greeter(
                          image,
                          "none",
                          "127.0.0.1:" + (hostPort(web) - 1) + "-" + hostPort(web) + ":80")));
      assertEquals(Kind.CONFLICT, none.kind());
    }
  }

  @Test
  void exposedPortsArePublishedAllAtOnce() throws Exception {
    Container web =
        started(
            greeter(image, "web")
                .ports(new PortSpec(List.of(), true, PortGrammar.exposed("80-82"))));
    assertEquals(
        List.of(80, 81, 82),
        web.ports().stream().map(port -> port.containerPort().number()).toList());
    assertEquals(3, web.ports().stream().map(PublishedPort::hostPort).distinct().count());
    assertEquals("web", heard(hostPort(web)));
  }

  @Test
  void aBurstOfConnectionsIsAcceptedAtOnce() throws Exception {
    Container web = started(greeter(image, "web", "127.0.0.1::80"));
    assertEquals("web", heard(hostPort(web)));
    long machine = assertInstanceOf(ContainerState.Running.class, web.state()).machinePid();
    List<Socket> clients = new ArrayList<>();
    signal("-STOP", machine);
    try {
      // While QEMU cannot accept any, the host's kernel does as many as it was told to.
      for (int i = 0; i < 50; i++) {
        Socket client = new Socket();
        clients.add(client);
        client.connect(new InetSocketAddress(LOOPBACK, hostPort(web)), 60_000);
      }
    } finally {
      signal("-CONT", machine);
      for (Socket client : clients) {
        client.close();
      }
    }
    assertEquals("web", heard(hostPort(web)));
  }

  private static void signal(String name, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor());
  }

  @Test
  void aRestartKeepsWhatWasFixed() throws Exception {
    int fixed = freePort();
    Container web = started(greeter(image, "web", fixed + ":80"));
    assertEquals("web", heard(fixed));
    web.restart(Optional.of(Duration.ZERO));
    assertEquals(fixed, hostPort(web));
    assertEquals("web", heard(fixed));
  }

  @Test
  void portsOutliveAnEngineThatIsKilledAndEndWithTheContainer() throws Exception {
    engine.close();
    int port = freePort();
    Process program = launch(home, image, port);
    try {
      assertEquals(READY, program.inputReader().readLine());
      assertEquals("web", heard(port));
    } finally {
      program.destroyForcibly().waitFor();
    }
    assertEquals("web", heard(port));

    engine = LocalEngine.openSupervising(config);
    Container web = engine.containers().find("web").orElseThrow();
    assertEquals("0.0.0.0:" + port + "->80/tcp", web.ports().getFirst().toString());
    assertEquals(1, web.ports().size());
    assertEquals("web", heard(port));
    web.stop(Duration.ZERO);
    assertTrue(isFree(port));
  }

  private static Process launch(Path home, String image, int port) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PublishedPortsIT.class.getName(),
            home.toString(),
            image,
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The engine that is going to be killed. */
  public static void main(String[] arguments) throws Exception {
    LocalEngine engine = LocalEngine.openSupervising(TestEngine.config(Path.of(arguments[0])));
    engine.containers().create(greeter(arguments[1], "web", arguments[2] + ":80").build()).start();
    System.out.println(READY);
    Thread.sleep(Long.MAX_VALUE);
  }
}
