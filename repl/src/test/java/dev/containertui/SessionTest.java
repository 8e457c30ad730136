package dev.containertui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import dev.containertui.repl.MemoryEngine;
import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void anotherEngineTakesThePlaceOfTheFirst() {
    try (var first = new MemoryEngine();
        var second = new MemoryEngine()) {
      ContainerTui.use(first);
      assertSame(first, ContainerTui.engine());
      Container left = ContainerTui.run("alpine").detach();
      ContainerTui.use(second);
      assertSame(second, ContainerTui.engine());
      assertEquals(true, left.isRunning(), "its engine is its owner's to close");
      ContainerTui.close();
    }
  }

  @Test
  void aConsolesEngineStaysUntilItEndsAndThenThereIsNone() {
    try (var own = new MemoryEngine();
        var other = new MemoryEngine()) {
      ContainerTui.use(other);
      Frontend place = new ProgramFrontend();
      Session console = Session.open(own, place);
      assertSame(own, ContainerTui.engine());
      assertThrows(EngineException.class, () -> Session.open(other, place));
      assertThrows(EngineException.class, () -> ContainerTui.use(other));
      assertThrows(EngineException.class, ContainerTui::close);
      console.close();
      assertEquals(
          "the console has been closed",
          assertThrows(EngineException.class, ContainerTui::images).getMessage());
      ContainerTui.use(other);
      assertSame(other, ContainerTui.engine());
      ContainerTui.close();
    }
  }
}
