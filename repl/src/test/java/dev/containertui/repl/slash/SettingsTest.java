package dev.containertui.repl.slash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  private final Settings settings = new Settings();

  @ParameterizedTest
  @EnumSource
  void standardIsAValueThatCanBeSet(Setting setting) {
    settings.set(setting, setting.standard());
    assertEquals(setting.standard(), settings.get(setting));
    assertEquals(setting, Settings.named(setting.key()));
  }

  @Test
  void valuesAreChecked() {
    for (String[] wrong :
        new String[][] {
          {"events", "maybe"}, {"lines", "-1"}, {"lines", "many"}, {"detach-keys", "ctrl-1"}
        }) {
      assertThrows(
          EngineException.class, () -> settings.set(Settings.named(wrong[0]), wrong[1]), wrong[1]);
    }
    settings.set(Setting.LINES, "0");
    assertEquals(0, settings.number(Setting.LINES));
  }

  @Test
  void unknownKeyIsToldWhatThereIs() {
    var failure = assertThrows(EngineException.class, () -> Settings.named("event"));
    assertTrue(failure.hint().contains("events"), failure.hint());
  }
}
