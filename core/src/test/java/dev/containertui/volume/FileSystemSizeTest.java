package dev.containertui.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "10b, 10",
    "64m, 67108864",
    "512MiB, 536870912",
    "' 10G ', 10737418240",
    "1tb, 1099511627776",
    "999999999999999t, 9223372036854775807"
  })
  void unitsAreBinaryAndTooMuchIsTheMost(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), FileSystemSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "-1", "1.5g", "10x", "10gg", "1 g", "1234567890123456"})
  void whatIsNoSizeIsNone(String text) {
    assertEquals(OptionalLong.empty(), FileSystemSize.parse(text));
  }
}
