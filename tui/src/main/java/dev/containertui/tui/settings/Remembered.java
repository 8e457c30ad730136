package dev.containertui.tui.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.overlay.Palette;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.theme.Themes;
import dev.containertui.tui.widget.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the workbench remembers from one time to the next: the screen, how tables are sorted, the
 * commands that were typed, the theme. A file that cannot be read or written is no reason to
 * complain: nothing is lost but this.
 *
 * @param tables whose order is remembered
 */
public record Remembered(Path file, List<Slot<TableState>> tables) {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_COMMANDS = 200;
  private static final int MAX_COMMAND = 4096;

  /** A file in the same directory. */
  public Path beside(String name) {
    return file.resolveSibling(name);
  }

  /** The state with what the file tells. */
  public State recall(State state) {
    JsonNode json;
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return state;
      }
      json = new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      return state;
    }
    State recalled = state;
    for (ScreenId id : ScreenId.values()) {
      if (id.name().equals(json.path("screen").asText())) {
        recalled = recalled.with(Shell.SLOT, s -> s.withScreen(id));
      }
    }
    for (Slot<TableState> table : tables) {
      JsonNode sort = json.path("tables").path(table.name());
      recalled =
          recalled.with(
              table, t -> t.sort(sort.path("sort").asText(), sort.path("descending").asBoolean()));
    }
    List<String> commands = new ArrayList<>();
    for (JsonNode command : json.path("commands")) {
      if (command.isTextual()
          && command.asText().length() <= MAX_COMMAND
          && commands.size() < MAX_COMMANDS) {
        commands.add(command.asText());
      }
    }
    State last = recalled.put(Palette.HISTORY, List.copyOf(commands));
    return Themes.named(json.path("theme").asText())
        .map(theme -> last.put(Theme.SLOT, theme))
        .orElse(last);
  }

  /** Writes the file anew, whole or not at all. */
  public void keep(State state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("screen", state.get(Shell.SLOT).screen().name());
    json.put("theme", Theme.of(state).name());
    ObjectNode sorts = json.putObject("tables");
    for (Slot<TableState> table : tables) {
      TableState t = state.get(table);
      if (!t.sort().isEmpty()) {
        sorts.putObject(table.name()).put("sort", t.sort()).put("descending", t.descending());
      }
    }
    ArrayNode commands = json.putArray("commands");
    state.get(Palette.HISTORY).forEach(commands::add);
    try {
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), "workbench", ".tmp");
      Files.writeString(temporary, json.toPrettyString() + "\n");
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // nothing is lost but where one was
    }
  }
}
