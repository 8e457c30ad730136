package dev.containertui.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortTextTest {
  private static PublishedPort published(String address, int host, String container) {
    return new PublishedPort(address, host, ContainerPort.parse(container));
  }

  @Test
  void neighboursAreJoined() {
    assertEquals(
        "0.0.0.0:8000-8002->80-82/tcp",
        PortText.of(
            List.of(
                published("0.0.0.0", 8002, "82"),
                published("0.0.0.0", 8000, "80"),
                published("0.0.0.0", 8001, "81")),
            List.of()));
  }

  @Test
  void whatDiffersInAnythingStandsByItself() {
    assertEquals(
        "0.0.0.0:53->53/tcp, 0.0.0.0:53->53/udp, 127.0.0.1:54->54/tcp, 0.0.0.0:99->55/tcp",
        PortText.of(
            List.of(
                published("0.0.0.0", 53, "53"),
                published("0.0.0.0", 53, "53/udp"),
                published("127.0.0.1", 54, "54"),
                published("0.0.0.0", 99, "55")),
            List.of()));
  }

  @Test
  void whereThereIsLittleRoomOnlyNumbersAreSaid() {
    assertEquals(
        "5300->53/udp, 8000-8001->80-81, 9000->90",
        PortText.brief(
            List.of(
                published("127.0.0.1", 9000, "90"),
                published("0.0.0.0", 8000, "80"),
                published("0.0.0.0", 8001, "81"),
                published("0.0.0.0", 5300, "53/udp"))));
  }

  @Test
  void exposedPortsFollowUnlessTheyArePublished() {
    assertEquals(
        "0.0.0.0:8080->80/tcp, 53/udp, 443-444/tcp",
        PortText.of(
            List.of(published("0.0.0.0", 8080, "80")),
            List.of(
                ContainerPort.parse("80"),
                ContainerPort.parse("443"),
                ContainerPort.parse("53/udp"),
                ContainerPort.parse("444"))));
    assertEquals("", PortText.of(List.of(), List.of()));
  }
}
