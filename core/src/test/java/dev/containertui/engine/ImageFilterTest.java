package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilterTest {
  private static final String ALPINE = "docker.io/library/alpine:3.20";
  private static final String TEAM = "localhost:5000/team/alpine:1";
  private final FilterFixture fixture = new FilterFixture();

  @BeforeEach
  void threeImages() {
    fixture.image("sha256:a", List.of(ALPINE, "docker.io/library/base:1"), Map.of("os", "linux"));
    fixture.image("sha256:b", List.of(), Map.of("os", "none"));
    fixture.image("sha256:c", List.of(TEAM), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reference=alpine | docker.io/library/alpine:3.20",
        "reference=alpine:* | docker.io/library/alpine:3.20",
        "reference=alp?ne:[1-3].20 | docker.io/library/alpine:3.20",
        "reference=alpine:4* | ''",
        "reference=* | docker.io/library/alpine:3.20 docker.io/library/base:1",
        "reference=*/*/alpine | localhost:5000/team/alpine:1",
        "reference=localhost:5000/team/* | localhost:5000/team/alpine:1",
        "dangling=true | <none>",
        "dangling=false |"
            + " docker.io/library/alpine:3.20 docker.io/library/base:1 localhost:5000/team/alpine:1",
        "label=os=none | <none>",
        "label!=os | localhost:5000/team/alpine:1",
        "before=localhost:5000/team/alpine:1 |"
            + " docker.io/library/alpine:3.20 docker.io/library/base:1 <none>",
        "since=docker.io/library/alpine:3.20 | <none> localhost:5000/team/alpine:1",
        "until=59m30s | docker.io/library/alpine:3.20 docker.io/library/base:1",
      })
  void oneCondition(String term, String expected) {
    assertEquals(
        expected.isEmpty() ? List.of() : List.of(expected.split(" ")), fixture.imagesWith(term));
  }

  @Test
  void allLabelsMustBeThere() {
    assertEquals(List.of(), fixture.imagesWith("label=os", "label=other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dangling=maybe", "name=x", "reference=[z-a]"})
  void whatItDoesNotKnowIsRefused(String term) {
    var e = assertThrows(EngineException.class, () -> fixture.imagesWith(term));
    assertEquals(EngineException.Kind.INVALID, e.kind());
  }
}
