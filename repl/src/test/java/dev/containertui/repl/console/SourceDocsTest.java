package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceDocsTest {
  private final SourceDocs docs = new SourceDocs(List.of("dev.containertui"));

  private String comment(String signature) {
    return docs.comment(signature).orElse("nothing");
  }

  @Test
  void typesAndMethodsOfTheLanguageHaveTheirComments() {
    assertTrue(comment("Job").strip().startsWith("A process that runs in a container"));
    assertEquals(comment("Job"), comment("dev.containertui.Job"));
    assertTrue(comment("int Container.waitFor()").contains("Waits until it has ended."));
    assertTrue(comment("int Container.waitFor(Duration limit)").contains("at most so long"));
    assertEquals(Optional.empty(), docs.comment("java.lang.String"));
  }
}
