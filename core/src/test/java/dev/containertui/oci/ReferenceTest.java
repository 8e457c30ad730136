package dev.containertui.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String HEX =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine:latest, alpine:latest",
    "alpine:3.20, docker.io/library/alpine:3.20, alpine:3.20",
    "library/alpine, docker.io/library/alpine:latest, alpine:latest",
    "docker.io/alpine, docker.io/library/alpine:latest, alpine:latest",
    "index.docker.io/library/alpine, docker.io/library/alpine:latest, alpine:latest",
    "team/app, docker.io/team/app:latest, team/app:latest",
    "library/a/b, docker.io/library/a/b:latest, library/a/b:latest",
    "localhost/app, localhost/app:latest, localhost/app:latest",
    "localhost:5000/app, localhost:5000/app:latest, localhost:5000/app:latest",
    "127.0.0.1:5000/a/b/c:x, 127.0.0.1:5000/a/b/c:x, 127.0.0.1:5000/a/b/c:x",
    "[::1]:5000/app, [::1]:5000/app:latest, [::1]:5000/app:latest",
    "ghcr.io/o/r:v1, ghcr.io/o/r:v1, ghcr.io/o/r:v1",
    "Registry/app, Registry/app:latest, Registry/app:latest",
    "a__b/c--d/e.f:_T-1.x, docker.io/a__b/c--d/e.f:_T-1.x, a__b/c--d/e.f:_T-1.x",
  })
  void fillsInDockersDefaults(String text, String full, String familiar) {
    Reference reference = Reference.parse(text);
    assertEquals(full, reference.toString());
    assertEquals(familiar, reference.familiar());
    assertEquals(reference, Reference.parse(full));
    assertEquals(reference, Reference.parse(familiar));
  }

  @Test
  void digestWinsOverTag() {
    Reference reference = Reference.parse("alpine:3@sha256:" + HEX);
    assertEquals(Optional.of("3"), reference.tag());
    assertEquals("sha256:" + HEX, reference.tagOrDigest());
    assertEquals("docker.io/library/alpine:3@sha256:" + HEX, reference.toString());
  }

  @Test
  void digestAloneImpliesNoTag() {
    Reference reference = Reference.parse("alpine@sha256:" + HEX);
    assertEquals(Optional.empty(), reference.tag());
    assertEquals("alpine@sha256:" + HEX, reference.familiar());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Alpine",
        "team/App",
        "-a",
        "a-",
        "a..b",
        "a/../b",
        "../etc/passwd",
        "/a",
        "a/",
        "a//b",
        "a:",
        "a:.x",
        "a:x y",
        "a@",
        "a@sha256:abc",
        "a@md5:d41d8cd98f00b204e9800998ecf8427e",
        "a@sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "localhost:0/a",
        "localhost:65536/a",
        "localhost:99999999/a",
        "host:port/a",
        "-host.io/a",
        "host_.io/a",
        "a\u0000b",
        "a\nb",
        HEX,
        "https://docker.io/library/alpine",
        "user@host.io/a",
      })
  void refusesWhatIsNoName(String text) {
    EngineException e = assertThrows(EngineException.class, () -> Reference.parse(text));
    assertEquals(EngineException.Kind.INVALID, e.kind());
    assertTrue(e.getMessage().startsWith("not a"), e.getMessage());
    assertFalse(e.getMessage().chars().anyMatch(c -> c < ' '), "one line");
    assertFalse(e.hint().isEmpty());
  }

  @Test
  void boundsLengths() {
    Reference.parse("a:" + "t".repeat(128));
    assertThrows(EngineException.class, () -> Reference.parse("a:" + "t".repeat(129)));
    Reference.parse("x.io/" + "n".repeat(250));
    assertThrows(EngineException.class, () -> Reference.parse("x.io/" + "n".repeat(251)));
  }

  @Test
  void longNonsenseIsRefusedWithoutBacktracking() {
    assertThrows(
        EngineException.class, () -> Reference.parse("a_".repeat(100_000) + "!" + "/".repeat(9)));
    assertThrows(EngineException.class, () -> Reference.parse("a-".repeat(100_000) + ".io/x"));
  }
}
