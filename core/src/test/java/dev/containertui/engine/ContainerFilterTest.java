package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import dev.containertui.error.EngineException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerFilterTest {
  private final FilterFixture fixture = new FilterFixture();

  @BeforeEach
  void threeContainers() {
    var at = FilterFixture.NOW;
    fixture.container(
        "web-1",
        "ab",
        "sha256:one",
        Map.of("tier", "front", "team", "a"),
        new ContainerState.Running(at, 1),
        Optional.of(Health.Status.HEALTHY));
    fixture.container(
        "web-2",
        "cd",
        "sha256:two",
        Map.of("tier", "back"),
        new ContainerState.Exited(at, 3),
        Optional.empty());
    fixture.container(
        "db",
        "abcdef01",
        "sha256:one",
        Map.of(),
        new ContainerState.Failed(at, "no kernel"),
        Optional.empty());
    fixture.image("sha256:one", List.of("alpine"), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=web | web-1 web-2",
        "name=^/web-1$ | web-1",
        "name=^db$ | db",
        "name=[ | ''",
        "id=abcd | db",
        "id=^ab | web-1 db",
        "label=tier | web-1 web-2",
        "label=tier=front | web-1",
        "label!=tier | db",
        "status=running | web-1",
        "status=exited | web-2 db",
        "status=failed | db",
        "exited=3 | web-2",
        "exited=0 | ''",
        "ancestor=alpine | web-1 db",
        "ancestor=sha256:two | web-2",
        "ancestor=nobody | ''",
        "before=web-2 | web-1",
        "since=web-2 | db",
        "health=none | web-2 db",
        "health=healthy | web-1",
        "until=59m30s | web-1",
        "until=2026-03-01T11:01:30 | web-1 web-2",
      })
  void oneCondition(String term, String expected) {
    assertEquals(words(expected), fixture.containersWith(term));
  }

  @Test
  void valuesOfOneKeyAreAlternativesKeysAreNot() {
    assertEquals(
        List.of("web-1", "web-2", "db"), fixture.containersWith("status=running", "status=exited"));
    assertEquals(List.of("web-2"), fixture.containersWith("status=exited", "name=web"));
  }

  @Test
  void allLabelsMustBeThere() {
    assertEquals(List.of("web-1"), fixture.containersWith("label=tier", "label=team=a"));
    assertEquals(List.of(), fixture.containersWith("label=tier=back", "label=team"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=up",
        "health=fine",
        "exited=x",
        "colour=red",
        "until=yesterday",
        "nothing"
      })
  void whatItDoesNotKnowIsRefused(String term) {
    var e = assertThrows(EngineException.class, () -> fixture.containersWith(term));
    assertEquals(EngineException.Kind.INVALID, e.kind());
  }

  @Test
  void aContainerThatIsNotThereCannotBeBefore() {
    var e = assertThrows(EngineException.class, () -> fixture.containersWith("before=gone"));
    assertEquals(EngineException.Kind.NOT_FOUND, e.kind());
  }

  @Test
  void aStatusAsksForEndedOnesToo() {
    assertTrue(filter("status=exited").asksForEnded());
    assertFalse(filter("name=x").asksForEnded());
  }

  @Test
  void pruningKnowsOnlyLabelsAndAge() {
    FilterTerms status = FilterTerms.parse(List.of("status=exited"));
    assertThrows(
        EngineException.class,
        () -> ContainerFilter.ofPrune(status, FilterFixture.NOW, ZoneOffset.UTC));
    ContainerFilter.ofPrune(
        FilterTerms.parse(List.of("until=1h", "label!=keep")), FilterFixture.NOW, ZoneOffset.UTC);
  }

  private static ContainerFilter filter(String term) {
    return ContainerFilter.of(FilterTerms.parse(List.of(term)), FilterFixture.NOW, ZoneOffset.UTC);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
