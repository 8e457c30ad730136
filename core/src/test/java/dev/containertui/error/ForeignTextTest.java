package dev.containertui.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ForeignTextTest {
  @Test
  void nothingThatATerminalObeysIsLeft() {
    assertEquals("a\uFFFD[31mb\uFFFD\uFFFDc", ForeignText.clean("a\u001b[31mb\r\nc"));
  }

  @Test
  void whatGoesOnForTooLongIsCutOff() {
    assertEquals("12345", ForeignText.brief("12345", 5));
    assertEquals("12345…", ForeignText.brief("123456", 5));
  }
}
