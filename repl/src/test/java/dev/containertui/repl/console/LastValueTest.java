package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LastValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "_ ~ $7",
        "_.name() ~ $7.name()",
        "print(_) ~ print($7)",
        "f(_, 1) ~ f($7, 1)",
        "_ + _ ~ $7 + $7",
        "x == _ ~ x == $7",
        "_ == x ~ $7 == x",
        "return _; ~ return $7;",
        "\"_\" + _ ~ \"_\" + $7",
        "_[0] ~ $7[0]",
      })
  void standsForTheLastValue(String source, String resolved) {
    LastValue lastValue = new LastValue();
    lastValue.isIn("$7");
    assertEquals(resolved, lastValue.resolve(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var _ = f();",
        "_ -> 1",
        "map.forEach((_, v) -> print(v))",
        "map.forEach((k, _) -> print(k))",
        "switch (o) { case Box(_, int n) -> n; default -> 0; }",
        "o instanceof Box(_, _)",
        "try { f(); } catch (Exception _) { }",
        "for (var _ : list) n++;",
        "String _ = \"_\"; // _",
        "a_b + _c",
      })
  void staysWhereJavaDeclaresWithIt(String source) {
    LastValue lastValue = new LastValue();
    lastValue.isIn("$7");
    assertEquals(source, lastValue.resolve(source));
  }

  @Test
  void staysAsLongAsThereIsNoValue() {
    assertEquals("_ + 1", new LastValue().resolve("_ + 1"));
  }

  @Test
  void placesLeadBackToWhatWasTyped() {
    LastValue lastValue = new LastValue();
    lastValue.isIn("$17");
    LastValue.Resolved resolved = lastValue.resolved("_ + _.foo()");
    assertEquals("$17 + $17.foo()", resolved.text());
    assertEquals(0, resolved.typed(0));
    assertEquals(2, resolved.typed(resolved.text().indexOf('+')));
    assertEquals(6, resolved.typed(resolved.text().indexOf("foo")));
    assertEquals(11, resolved.typed(resolved.text().length()));
  }
}
