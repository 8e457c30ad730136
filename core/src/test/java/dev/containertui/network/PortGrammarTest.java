package dev.containertui.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortGrammarTest {
  private static String said(List<PortRequest> requests) {
    return requests.stream()
        .map(r -> r.address() + ":" + r.hostPorts() + ":" + r.containerPort())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "80, ::80/tcp",
    "80/UDP, ::80/udp",
    "8080:80, :8080:80/tcp",
    "0:80, ::80/tcp",
    "127.0.0.1::80, 127.0.0.1::80/tcp",
    "127.0.0.1:8080:80/udp, 127.0.0.1:8080:80/udp",
    "[127.0.0.1]:8080:80, 127.0.0.1:8080:80/tcp",
    "8000-8002:80-82, :8000:80/tcp :8001:81/tcp :8002:82/tcp",
    "80-81/udp, ::80/udp ::81/udp",
    "8000-8010:80, :8000-8010:80/tcp",
    "8000-8000:80, :8000:80/tcp",
    "1:65535, :1:65535/tcp",
    "'published=8080,target=80,protocol=udp', :8080:80/udp",
    "'target=80,mode=host', ::80/tcp",
  })
  void publishedPortsAreReadAsDockerReadsThem(String text, String requests) {
    assertEquals(requests, said(PortGrammar.published(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', no port of the container is given",
    "8080:, no port of the container is given",
    "0, the container's port is 1 to 65535",
    "8080:0, the container's port is 1 to 65535",
    "65536, 'a number up to 65535, not ''65536'''",
    "70000:80, 'the host''s port is a number up to 65535, not ''70000'''",
    "99999999999999999999:80, a number up to 65535",
    "-1:80, a number up to 65535",
    "80x, a number up to 65535",
    "http:80, a number up to 65535",
    "٨٠, a number up to 65535",
    "8000-8002:80-81, the ranges have 3 and 2 ports",
    "8000:80-81, the ranges have 1 and 2 ports",
    "82-80, the range 82-80 is upside down",
    "80-, a number up to 65535",
    "0-10:80, a range begins at 1",
    "1-65535, 'these are 65535 ports, and a container publishes 1000 at most'",
    "300.0.0.1:80:80, '''300.0.0.1'' is no IP address'",
    "localhost:80:80, '''localhost'' is no IP address'",
    "[::1]:80:80, IPv6 addresses are not listened at",
    "::1:80:80, IPv6 addresses are not listened at",
    "80/sctp, SCTP ports cannot be published",
    "80/http, 'not a protocol: ''http'''",
    "'target=80,to=5', '''to'' is none of published, target, protocol'",
    "published=80, no port of the container is given",
  })
  void whatIsWrongIsSaidWithThePortAndTheReason(String text, String reason) {
    EngineException refused =
        assertThrows(EngineException.class, () -> PortGrammar.published(text));
    assertEquals(Kind.INVALID, refused.kind());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(!refused.hint().isEmpty(), text);
  }

  @Test
  void hostileTextIsNeitherRepeatedInFullNorAsItIs() {
    EngineException refused =
        assertThrows(
            EngineException.class,
            () -> PortGrammar.published("\u001b[31m" + "9".repeat(100_000) + ":80"));
    assertTrue(refused.getMessage().length() < 200, refused.getMessage());
    assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl));
  }

  @Test
  void exposedPortsAreNumbersAndRanges() {
    assertEquals("[80/tcp]", PortGrammar.exposed("80").toString());
    assertEquals("[53/udp, 54/udp]", PortGrammar.exposed("53-54/udp").toString());
    assertThrows(EngineException.class, () -> PortGrammar.exposed("8080:80"));
    assertThrows(EngineException.class, () -> PortGrammar.exposed("1-65535"));
  }

  @Test
  void theSamePortOfTheHostIsPublishedOnce() {
    assertThrows(EngineException.class, () -> spec("8080:80", "8080:81").check());
    spec("8080:80", "8080:80/udp", "127.0.0.2:8080:80", "80", "80").check();
  }

  @Test
  void aThousandPortsAreEnough() {
    spec("1-1000:1-1000").check();
    assertThrows(EngineException.class, () -> spec("1-1000:1-1000", "2000").check());
  }

  @Test
  void allExposedPortsArePublishedUnlessTheyAreAlready() {
    PortSpec spec =
        new PortSpec(PortGrammar.published("8080:80"), true, PortGrammar.exposed("79-81"));
    assertEquals(":8080:80/tcp ::79/tcp ::81/tcp", said(spec.requests()));
    assertEquals("[79/tcp, 80/tcp, 81/tcp]", spec.served().toString());
  }

  @Test
  void anImagesPortsAreTakenAsFarAsTheyMakeSense() {
    List<String> image = List.of("80/tcp", "53/udp", "0", "x\u001b", "9000-9001", "70000/tcp");
    assertEquals(
        "[53/udp, 80/tcp, 443/tcp, 9000/tcp, 9001/tcp]",
        new PortSpec(List.of(), false, PortGrammar.exposed("443"))
            .exposing(image)
            .exposed()
            .toString());
    List<String> many = IntStream.range(1, 5000).mapToObj(Integer::toString).toList();
    assertEquals(PortSpec.MAX_EXPOSED, PortSpec.NONE.exposing(many).exposed().size());
    assertEquals(PortSpec.MAX_EXPOSED, PortSpec.NONE.exposing(List.of("1-65535")).exposed().size());
  }

  @Test
  void anImageThatSaysTheSameWithoutEndIsCutOff() {
    List<String> image = new ArrayList<>(Collections.nCopies(20_000, "1-999"));
    image.add("1000");
    assertEquals(999, PortSpec.NONE.exposing(image).exposed().size());
    assertEquals(
        PortSpec.MAX_EXPOSED, PortSpec.NONE.exposing(List.of("1-999", "1-65535")).exposed().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', ::80/tcp",
    "'', 0, ::80/tcp",
    "127.0.0.1, 8080, 127.0.0.1:8080:80/tcp",
    "'', 8000-8010, :8000-8010:80/tcp",
  })
  void boundPortsAreReadAsDockerReadsThem(String address, String ports, String request) {
    ContainerPort port = ContainerPort.parse("80");
    assertEquals(request, said(List.of(PortGrammar.bound(address, ports, port))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '1:2'",
    "'', '127.0.0.1:8080'",
    "'', 'published=1,target=22,mode=x'",
    "'published=1,target=22,mode=x', ''",
    "127.0.0.1:1, 2",
    "::1, 80",
    "host, 80",
    "'', 80/tcp",
    "'', 65536",
    "'', 9-8",
    "'', 0-5",
  })
  void aBoundPortIsANumberAndNothingElse(String address, String ports) {
    ContainerPort port = ContainerPort.parse("80");
    EngineException refused =
        assertThrows(EngineException.class, () -> PortGrammar.bound(address, ports, port));
    assertEquals(Kind.INVALID, refused.kind());
  }

  @Test
  void listsAreAskedForByPortsOfEitherSide() {
    List<PublishedPort> ports =
        List.of(new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80")));
    List<ContainerPort> served = List.of(ContainerPort.parse("80"), ContainerPort.parse("53/udp"));
    PortMatch host = PortMatch.parse("8000-8100/tcp");
    PortMatch container = PortMatch.parse("53/udp");
    PortMatch neither = PortMatch.parse("53");
    assertTrue(PortMatch.allow(List.of(host), List.of(), ports, served));
    assertTrue(PortMatch.allow(List.of(neither), List.of(container), ports, served));
    assertTrue(!PortMatch.allow(List.of(container), List.of(neither), ports, served));
    assertTrue(PortMatch.allow(List.of(), List.of(), List.of(), List.of()));
  }

  private static PortSpec spec(String... texts) {
    return new PortSpec(
        List.of(texts).stream().flatMap(text -> PortGrammar.published(text).stream()).toList(),
        false,
        List.of());
  }
}
