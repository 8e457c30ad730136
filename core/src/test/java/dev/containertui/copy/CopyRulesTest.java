package dev.containertui.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.copy.CopyEnd.InContainer;
import dev.containertui.copy.CopyRules.At;
import dev.containertui.copy.CopyRules.Ending;
import dev.containertui.copy.CopyRules.Source;
import dev.containertui.copy.CopyRules.Target;
import dev.containertui.error.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyRulesTest {
  /** A source s and a target /p/t: what each is, how each is written, and where it goes. */
  @ParameterizedTest
  @CsvSource({
    "FILE, PLAIN, DIRECTORY, PLAIN, /p/t s",
    "FILE, PLAIN, DIRECTORY, SLASH, /p/t s",
    "FILE, PLAIN, DIRECTORY, SLASH_DOT, /p/t s",
    "FILE, PLAIN, FILE, PLAIN, /p t",
    "FILE, PLAIN, FILE, SLASH, INVALID",
    "FILE, PLAIN, FILE, SLASH_DOT, INVALID",
    "FILE, PLAIN, NOTHING, PLAIN, /p t",
    "FILE, PLAIN, NOTHING, SLASH, NOT_FOUND",
    "FILE, PLAIN, NOTHING, SLASH_DOT, NOT_FOUND",
    "FILE, SLASH, DIRECTORY, PLAIN, INVALID",
    "FILE, SLASH_DOT, DIRECTORY, PLAIN, INVALID",
    "DIRECTORY, PLAIN, DIRECTORY, PLAIN, /p/t s",
    "DIRECTORY, SLASH, DIRECTORY, PLAIN, /p/t s",
    "DIRECTORY, SLASH_DOT, DIRECTORY, PLAIN, /p/t .",
    "DIRECTORY, PLAIN, DIRECTORY, SLASH, /p/t s",
    "DIRECTORY, SLASH_DOT, DIRECTORY, SLASH, /p/t .",
    "DIRECTORY, PLAIN, FILE, PLAIN, CONFLICT",
    "DIRECTORY, SLASH, FILE, SLASH, CONFLICT",
    "DIRECTORY, SLASH_DOT, FILE, PLAIN, CONFLICT",
    "DIRECTORY, PLAIN, NOTHING, PLAIN, /p t",
    "DIRECTORY, PLAIN, NOTHING, SLASH, /p t",
    "DIRECTORY, SLASH_DOT, NOTHING, PLAIN, /p t",
    "DIRECTORY, SLASH_DOT, NOTHING, SLASH, /p t",
    "NOTHING, PLAIN, DIRECTORY, PLAIN, NOT_FOUND",
    "NOTHING, SLASH, NOTHING, SLASH, NOT_FOUND",
  })
  void everyKindOfSourceHasItsPlaceInEveryKindOfTarget(
      At source, Ending sourceWritten, At target, Ending targetWritten, String expected) {
    Source from = new Source("s", "s", source, sourceWritten);
    Target to = new Target("t", "/p/t", "/p", "t", target, targetWritten);
    if (expected.startsWith("/")) {
      CopyRules.Placement placement = CopyRules.place(from, to);
      assertEquals(expected, placement.directory() + " " + placement.name());
    } else {
      EngineException e = assertThrows(EngineException.class, () -> CopyRules.place(from, to));
      assertEquals(expected, e.kind().name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "web:/etc/nginx, web, /etc/nginx, PLAIN",
    "web:etc, web, /etc, PLAIN",
    "web:/a//b/../c/, web, /a/c, SLASH",
    "web:/a/., web, /a, SLASH_DOT",
    "web:/, web, /, SLASH_DOT",
    "web:/../../x, web, /x, PLAIN",
    "web:/a:b, web, /a:b, PLAIN",
  })
  void placesInContainersAreAbsolute(String text, String container, String path, Ending written) {
    InContainer place = assertInstanceOf(InContainer.class, CopyEnd.parse(text));
    assertEquals(container, place.container());
    assertEquals(path, place.path());
    assertEquals(written, place.written());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a:b", "./a:b", "../a:b", "file", ".", "a/b"})
  void whatBeginsWithASlashOrADotIsLocal(String text) {
    assertInstanceOf(CopyEnd.Local.class, CopyEnd.parse(text));
  }

  @Test
  void aDashIsAnArchiveAndNothingIsNothing() {
    assertInstanceOf(CopyEnd.Archive.class, CopyEnd.parse("-"));
    assertThrows(EngineException.class, () -> CopyEnd.parse(""));
    assertThrows(EngineException.class, () -> CopyEnd.parse(":/x"));
    assertThrows(EngineException.class, () -> CopyEnd.parse("web:"));
  }

  @ParameterizedTest
  @CsvSource({
    "a, b, a/x, b/x",
    "a, b, a, b",
    "a, b, a/, b",
    "a, ., a/x/y, x/y",
    "., b, ./x, b/x",
    "., ., ./x//y/, x/y",
    ".., b, x, ''",
  })
  void namesAreChangedAtTheTop(String from, String to, String name, String expected) {
    ArchiveNames names = new ArchiveNames(from, to);
    if (expected.isEmpty()) {
      assertThrows(EngineException.class, () -> names.parts(name));
    } else {
      assertEquals(expected, String.join("/", names.parts(name)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "a/../../x", "a/..", "b/x", "ab"})
  void namesThatLeadElsewhereAreRefused(String name) {
    ArchiveNames names = new ArchiveNames("a", "a");
    EngineException e = assertThrows(EngineException.class, () -> names.parts(name));
    assertEquals(EngineException.Kind.CORRUPT, e.kind());
  }
}
