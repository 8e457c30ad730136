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

  @Test
  void aScriptGetsWhatFollowsItsName() throws Exception {
    Path file = script("System.out.println(String.join(\",\", args)); exit(3);");
    CliFixture.Result result = cli.run("repl", file.toString(), "a", "--rm", "-x").expect(3);
    assertEquals("a,--rm,-x\n", result.out());
    assertEquals("", result.err());
  }

  @Test
  void aFailingSnippetEndsItWithOneAndItsLine() throws Exception {
    Path file = script("int a = 1;\nint b = \"x\";\nSystem.out.println(\"never\");\n");
    CliFixture.Result result = cli.run("repl", file.toString()).expect(1);
    assertEquals("", result.out());
    assertTrue(result.err().contains("s.jsh:2"), result.err());
  }

  @Test
  void standardInputIsAScriptToo() {
    cli.in = new ByteArrayInputStream("System.out.println(1 + 1)".getBytes(StandardCharsets.UTF_8));
    assertEquals("2\n", cli.run("repl", "-").expect(0).out());
  }

  @Test
  void aScriptThatCannotBeReadIsAClearFailure() throws Exception {
    assertTrue(cli.run("repl", "/no/such.jsh").expect(1).err().contains("/no/such.jsh\nhint: "));
    Path file = temp.resolve("binary");
    Files.write(file, new byte[] {(byte) 0xff});
    assertTrue(cli.run("repl", file.toString()).expect(1).err().contains("not UTF-8"));
    assertEquals(0, cli.opened);
  }
}
