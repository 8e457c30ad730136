package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of all keys says what the table of keys says. With {@code -Dgolden.update=true} it is
 * written anew.
 */
class KeysPageTest {
  private static final Path PAGE = Path.of("../docs/tui/keys.md");

  @Test
  void thePageOfKeysIsTheTableOfKeys() throws Exception {
    String page = page(Screens.program(Map.of(), new NoCommands()));
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.readString(PAGE), page);
  }

  private static String page(Program program) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Keys of the workbench

        Made from the program's own table of keys; `?` shows the part that counts where you are. A key of what has the keyboard comes before one
        that works everywhere. The names are those for `"keys"` in `workbench.json`, see [the workbench](../tui.md#settings).
        """);
    Set<Context> contexts = new LinkedHashSet<>();
    contexts.add(Context.GLOBAL);
    program.keys().actions().forEach(a -> contexts.add(a.context()));
    for (Context context : contexts) {
      page.append("\n## ").append(context.title()).append("\n\n");
      page.append("| keys | what they do | name |\n|---|---|---|\n");
      for (Action action : program.keys().actions(context)) {
        String keys =
            program.keys().keys(action).stream()
                .map(Chord::toString)
                .map(k -> k.equals("|") ? "`` \\| ``" : k.equals("`") ? "`` ` ``" : "`" + k + "`")
                .collect(Collectors.joining(" "));
        page.append("| ")
            .append(keys.isEmpty() ? "–" : keys)
            .append(" | ")
            .append(action.title().replace("|", "\\|"))
            .append(" | `")
            .append(action.name())
            .append("` |\n");
      }
    }
    return page.toString();
  }
}
