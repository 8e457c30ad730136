package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplCommandTest {
  private final CliFixture cli = new CliFixture();
  @TempDir Path temp;

  private Path script(String text) throws Exception {
    Path file = temp.resolve("s.jsh");
    Files.writeString(file, text);
    return file;
  }

  private void input(String text) {
    cli.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aScriptGetsWhatFollowsItsName() throws Exception {
    Path file = script("System.out.println(String.join(\",\", args)); exit(3);");
    CliFixture.Result result = cli.run("repl", file.toString(), "a", "--rm", "-e").expect(3);
    assertEquals("a,--rm,-e\n", result.out());
    assertEquals("", result.err());
  }

  @Test
  void aFailingSnippetEndsItWithOneAndItsLine() throws Exception {
    Path file = script("int a = 1;\nInteger.parseInt(\"x\");\nSystem.out.println(\"never\");\n");
    CliFixture.Result result = cli.run("repl", file.toString()).expect(1);
    assertEquals("", result.out());
    assertTrue(result.err().startsWith(file + ":2:1: java.lang.NumberFormat"), result.err());
  }

  @Test
  void aSnippetThatDoesNotCompileEndsItWithTwo() throws Exception {
    Path file = script("int a = 1;\nint b = \"x\";\nSystem.out.println(\"never\");\n");
    CliFixture.Result result = cli.run("repl", file.toString()).expect(2);
    assertTrue(result.err().startsWith(file + ":2:9: incompatible types"), result.err());
  }

  @Test
  void standardInputIsAScriptToo() {
    input("System.out.println(1 + 1)");
    assertEquals("2\n", cli.run("repl", "-").expect(0).out());
  }

  @Test
  void withoutATerminalStandardInputIsTheScript() {
    input("print(1 + 1); print(arguments().length); oops");
    CliFixture.Result result = cli.run("repl").expect(2);
    assertEquals("2\n0\n", result.out());
    assertTrue(result.err().startsWith("<stdin>:1:42: cannot find symbol"), result.err());
  }

  @Test
  void expressionsAreOneSessionAndPrintTheirValues() {
    CliFixture.Result result =
        cli.run("repl", "-e", "int n = 40", "-e", "n + arguments().length", "a", "-x").expect(0);
    assertEquals("n = 40\n42\n", result.out());
    assertEquals("", result.err());
  }

  @Test
  void quietExpressionsPrintOnlyWhatTheyPrint() {
    assertEquals("x\n", cli.run("repl", "-q", "-e", "1 + 1", "-e", "print(\"x\")").expect(0).out());
  }

  @Test
  void valuesAndFailuresComeAsJson() {
    CliFixture.Result result =
        cli.run("repl", "--json", "--keep-going", "-e", "1 +", "-e", "List.of(1)").expect(2);
    assertEquals("[1]\n", result.out());
    assertTrue(
        result.err().startsWith("{\"error\":{\"reason\":\"compilation\",\"exitCode\":2,"),
        result.err());
  }

  @Test
  void anEngineThatDoesNotOpenIsAFailureLikeAnyOther() {
    cli.engineFailure = "no QEMU here";
    assertEquals("no QEMU here\nhint: install it\n", cli.run("repl", "-e", "1").expect(1).err());
    String json = cli.run("repl", "--json", "-e", "1").expect(1).err();
    assertTrue(json.startsWith("{\"error\":{\"reason\":\"engine\",\"exitCode\":1,"), json);
  }

  @Test
  void theTimeLimitIsADuration() {
    assertEquals(124, cli.run("repl", "--timeout", "4s", "-e", "while (true) { }").exitCode());
    assertTrue(cli.run("repl", "--timeout", "soon", "-e", "1").expect(2).err().contains("'soon'"));
    assertEquals(2, cli.run("repl", "--timeout", "0", "-e", "1").exitCode());
  }

  @Test
  void aScriptThatCannotBeReadIsAClearFailure() throws Exception {
    assertEquals(
        "there is no script /no/such.jsh\n", cli.run("repl", "/no/such.jsh").expect(2).err());
    Path file = temp.resolve("binary");
    Files.write(file, new byte[] {(byte) 0xff});
    assertTrue(cli.run("repl", file.toString()).expect(2).err().contains("not UTF-8"));
    String folder = cli.run("repl", temp.toString()).expect(2).err();
    assertTrue(folder.contains("cannot read the script " + temp), folder);
    assertEquals(0, cli.opened);
  }
}
