package dev.containertui.cli.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTemplateTest {
  private static final Map<String, Object> DATA = new HashMap<>();

  static {
    DATA.put("ID", "abc");
    DATA.put("Names", "web");
    DATA.put("Pid", 42);
    DATA.put("Cpus", 1.5);
    DATA.put("Running", true);
    DATA.put("Nothing", null);
    DATA.put("None", List.of());
    DATA.put("Cmd", List.of("sh", "-c", "ls"));
    DATA.put("State", Map.of("Status", "running", "Code", 0));
    DATA.put("Labels", Map.of("b", "2", "a", "1"));
    DATA.put("Mounts", List.of(Map.of("Name", "x"), Map.of("Name", "y")));
    Function<String, Object> label = key -> "<" + key + ">";
    DATA.put("Label", label);
  }

  private static String render(String template) {
    return GoTemplate.parse(template, value -> "JSON(" + value + ")").render(DATA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "{{.ID}} ¦ abc",
        "{{ .State.Status }} ¦ running",
        "{{.ID}}: {{.Names}} ¦ abc: web",
        "{{json .ID}} ¦ JSON(abc)",
        "{{.ID | json}} ¦ JSON(abc)",
        "{{.Cmd}} ¦ [sh -c ls]",
        "{{.Labels}} ¦ map[a:1 b:2]",
        "{{.Nothing}} ¦ <no value>",
        "{{.Running}} {{.Pid}} {{.Cpus}} ¦ true 42 1.5",
        "{{join .Cmd \" \"}} ¦ sh -c ls",
        "{{upper .ID}} {{lower \"ABC\"}} {{title \"a b\"}} ¦ ABC abc A B",
        "{{.ID | upper | printf \"%5s|\"}} ¦   ABC|",
        "{{len .Cmd}} {{len .ID}} ¦ 3 3",
        "{{index .Cmd 2}} {{index .Labels \"a\"}} ¦ ls 1",
        "{{index .Labels \"none\"}} ¦ <no value>",
        "{{slice .ID 0 2}} {{truncate .ID 1}} ¦ ab a",
        "{{.Label \"key\"}} ¦ <key>",
        "{{range .Cmd}}[{{.}}]{{end}} ¦ [sh][-c][ls]",
        "{{range $i, $c := .Cmd}}{{$i}}{{$c}} {{end}} ¦ 0sh 1-c 2ls",
        "{{range $k, $v := .Labels}}{{$k}}={{$v}} {{end}} ¦ a=1 b=2",
        "{{range .None}}x{{else}}none{{end}} ¦ none",
        "{{range .Mounts}}{{.Name}}{{$.ID}}{{end}} ¦ xabcyabc",
        "{{if .Running}}up{{else}}down{{end}} ¦ up",
        "{{if .None}}a{{else if eq .Pid 42}}b{{else}}c{{end}} ¦ b",
        "{{if and .Running (gt .Pid 40) (not .None)}}y{{end}} ¦ y",
        "{{or .None .ID}} ¦ abc",
        "{{if eq .ID \"x\" \"abc\"}}one of{{end}} ¦ one of",
        "{{with .State}}{{.Code}}{{end}} ¦ 0",
        "{{with .None}}x{{else}}{{.ID}}{{end}} ¦ abc",
        "{{$x := .ID}}{{if .Running}}{{$x = \"new\"}}{{end}}{{$x}} ¦ new",
        "{{(index .Mounts 1).Name}} ¦ y",
        "{{- .ID -}} x ¦ abcx",
        "{{/* nothing */}}{{.ID}} ¦ abc",
        "{{printf \"%-6s|%04d|%.1f|%q|%%|%x\" .ID .Pid .Cpus .ID 255}} ¦ abc   |0042|1.5|\"abc\"|%|ff",
        "{{print .ID 1}} {{`raw \\`}} {{\"}}\"}} ¦ abc1 raw \\ }}",
        "{{println .ID}} ¦ abc",
        "{{split \"a,b\" \",\"}} ¦ [a b]",
        "{{range 2}}{{.}}{{end}} ¦ 01",
      })
  void rendersAsGoDoes(String template, String expected) {
    assertEquals(expected, render(template).strip());
  }

  @Test
  void tabsAndLineBreaksAreWrittenWithBackslashes() {
    assertEquals("abc\tweb\n", render("{{.ID}}\\t{{.Names}}\\n"));
    assertEquals("a\\tb", render("{{`a\\tb`}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.ID",
        "{{\"x}}",
        "{{}}",
        "{{if .ID}}x",
        "{{end}}",
        "{{else}}",
        "{{nope .ID}}",
        "{{.ID | }}",
        "{{(.ID}}",
        "{{.ID)}}",
        "{{range $x}}{{end}}{{define \"x\"}}",
        "{{#}}",
        "{{\"\\y\"}}"
      })
  void whatIsNoTemplateIsRefused(String template) {
    EngineException e = assertThrows(EngineException.class, () -> render(template));
    assertEquals(EngineException.Kind.INVALID, e.kind());
    assertTrue(e.getMessage().startsWith("template parsing error: "), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Gone}}",
        "{{.ID.Gone}}",
        "{{.Nothing.Gone}}",
        "{{index .Cmd 3}}",
        "{{len .Pid}}",
        "{{$x}}",
        "{{.ID \"x\"}}",
        "{{json}}",
        "{{upper .ID .ID}}",
        "{{lt .ID 1}}",
        "{{range .ID}}x{{end}}",
        "{{.ID | .Names}}"
      })
  void whatTheDataDoNotHaveIsAnError(String template) {
    EngineException e = assertThrows(EngineException.class, () -> render(template));
    assertTrue(e.getMessage().startsWith("template: "), e.getMessage());
  }

  @Test
  void aMissingFieldIsAnsweredWithThoseThatThereAre() {
    EngineException e = assertThrows(EngineException.class, () -> render("{{.State.Gone}}"));
    assertEquals("template: there is no field Gone", e.getMessage());
    assertTrue(e.hint().contains("Status") && e.hint().contains("Code"), e.hint());
  }

  @Test
  void neitherNestingNorRangesExhaustMemory() {
    assertThrows(EngineException.class, () -> render("{{if .ID}}".repeat(100_000)));
    assertThrows(EngineException.class, () -> render("{{" + "(".repeat(100_000) + "}}"));
    String deep = "{{range 5000}}{{range 5000}}{{range 5000}}12345678{{end}}{{end}}{{end}}";
    assertThrows(EngineException.class, () -> render(deep));
  }
}
