package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ApiCallsTest {
  /**
   * It runs the host's package manager, so all tests share one run of it: {@link
   * Setting#withKernel}.
   */
  private static final Set<String> RUN_ELSEWHERE = Set.of("ContainerTui.installKernel");

  @Test
  void everyMethodIsRunAgainstRealContainers() throws Exception {
    Path here = Host.CHECKOUT.resolve("tui/src/test/java/dev/containertui/acceptance");
    Set<String> missing =
        ApiCalls.missing(
            List.of(
                ApiCalls.read(here.resolve("ApiScenario.java")),
                ApiCalls.read(here.resolve("ApiProgram.java"))));
    assertEquals(RUN_ELSEWHERE, missing);
  }

  @Test
  void whatNothingCallsIsMissing() throws Exception {
    Set<String> missing = ApiCalls.missing(List.of("var c = c(\"x\"); c.exec(\"true\").code();"));
    assertTrue(missing.contains("ContainerTui.pull"), missing::toString);
    assertTrue(!missing.contains("Container.exec"), missing::toString);
    assertTrue(new TreeSet<>(missing).size() > 50);
  }
}
