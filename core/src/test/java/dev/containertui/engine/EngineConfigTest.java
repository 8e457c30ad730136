package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineConfigTest {
  private static final String VARIABLE = "CONTAINER_TUI_COLD_BOOT";

  @TempDir Path home;

  private void settings(String json) throws IOException {
    Path directory = Files.createDirectories(StateDirectories.below(home).config());
    Files.writeString(directory.resolve("config.json"), json);
  }

  private boolean coldBoot(Map<String, String> environment) {
    return EngineConfig.of(StateDirectories.below(home), environment).coldBoot();
  }

  @Test
  void clonesWithoutSettings() {
    assertFalse(coldBoot(Map.of()));
    assertFalse(EngineConfig.below(home).coldBoot());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"coldBoot\": false}", "{\"another\": 1}"})
  void clonesUnlessTheFileSaysOtherwise(String json) throws IOException {
    settings(json);
    assertFalse(coldBoot(Map.of()));
  }

  @Test
  void bootsIfTheFileSaysSo() throws IOException {
    settings("{\"coldBoot\": true}");
    assertTrue(coldBoot(Map.of()));
    assertTrue(coldBoot(Map.of(VARIABLE, "")));
    assertTrue(EngineConfig.below(home).coldBoot());
  }

  @Test
  void theVariableWinsOverTheFile() throws IOException {
    settings("{\"coldBoot\": true}");
    assertFalse(coldBoot(Map.of(VARIABLE, "0")));
    settings("{\"coldBoot\": false}");
    assertTrue(coldBoot(Map.of(VARIABLE, "1")));
  }

  @Test
  void imagesHaveTemplatesOfTheirOwnUnlessTheFileSaysOtherwise() throws IOException {
    assertTrue(EngineConfig.below(home).imageTemplates());
    settings("{\"imageTemplates\": false}");
    assertFalse(EngineConfig.below(home).imageTemplates());
    assertFalse(EngineConfig.below(home).coldBoot());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"coldBoot\": \"yes\"}",
        "{\"coldBoot\": 1}",
        "{\"imageTemplates\": 1}",
        "{\"coldBoot\": null}",
        "[true]",
        "true",
        "{\"coldBoot\": tru",
        ""
      })
  void aFileThatIsNotUnderstoodIsNamed(String json) throws IOException {
    settings(json);
    EngineException e = assertThrows(EngineException.class, () -> coldBoot(Map.of()));
    assertEquals(Kind.INVALID, e.kind());
    assertTrue(e.getMessage().contains(home + "/config/config.json cannot be used: "), e::toString);
    assertEquals(1, e.getMessage().lines().count());
    assertEquals("mend or remove that file", e.hint());
  }

  @Test
  void aWrongTypeIsSaid() throws IOException {
    settings("{\"coldBoot\": \"true\"}");
    EngineException e = assertThrows(EngineException.class, () -> coldBoot(Map.of()));
    assertTrue(e.getMessage().endsWith("coldBoot is neither true nor false"), e::toString);
  }
}
