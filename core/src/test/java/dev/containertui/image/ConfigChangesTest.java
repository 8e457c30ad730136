package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChangesTest {
  private static String changed(String config, String... lines) {
    ObjectNode json =
        JsonObject.parse(config.getBytes(StandardCharsets.UTF_8), "the test's configuration")
            .copy();
    ConfigChanges.parse(List.of(lines)).applyTo(json);
    return new String(JsonObject.write(json), StandardCharsets.UTF_8).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CMD [\"a\", \"b c\"]              | {'Cmd':['a','b c']}",
        "cmd echo \"$HOME\" && x           | {'Cmd':['/bin/sh','-c','echo \\'$HOME\\' && x']}",
        "CMD [\"a\", 1]                    | {'Cmd':['/bin/sh','-c','[\\'a\\', 1]']}",
        "CMD []                            | {'Cmd':[]}",
        "ENTRYPOINT [\"/init\"]            | {'Entrypoint':['/init']}",
        "ENV A=1 B=\"two words\" C=x\\ y   | {'Env':['A=1','B=two words','C=x y']}",
        "ENV A the whole rest              | {'Env':['A=the whole rest']}",
        "ENV A='$A \"q\"'                  | {'Env':['A=$A \\'q\\'']}",
        "ENV A=                            | {'Env':['A=']}",
        "EXPOSE 80 53/udp 8000-8002/TCP    | {'ExposedPorts':{'80/tcp':{},'53/udp':{},'8000/tcp':{},'8001/tcp':{},'8002/tcp':{}}}",
        "LABEL a=b \"c d\"=\"e f\"         | {'Labels':{'a':'b','c d':'e f'}}",
        "STOPSIGNAL SIGRTMIN+3             | {'StopSignal':'SIGRTMIN+3'}",
        "STOPSIGNAL 9                      | {'StopSignal':'9'}",
        "USER 1000:1000                    | {'User':'1000:1000'}",
        "VOLUME /a /b                      | {'Volumes':{'/a':{},'/b':{}}}",
        "VOLUME [\"/with space\"]          | {'Volumes':{'/with space':{}}}",
        "WORKDIR /a/./b/../c               | {'WorkingDir':'/a/c'}",
        "WORKDIR sub                       | {'WorkingDir':'/sub'}",
        "ONBUILD RUN make $X               | {'OnBuild':['RUN make $X']}",
        "HEALTHCHECK NONE                  | {'Healthcheck':{'Test':['NONE']}}",
        "HEALTHCHECK --interval=1m30s --retries=2 CMD curl -f x | {'Healthcheck':{'Test':['CMD-SHELL','curl -f x'],'Interval':90000000000,'Retries':2}}",
        "HEALTHCHECK --timeout=1.5s --start-period=10ms --start-interval=2h CMD [\"t\"] | {'Healthcheck':{'Test':['CMD','t'],'Timeout':1500000000,'StartPeriod':10000000,'StartInterval':7200000000000}}",
      })
  void instructionsDoWhatADockerfileSays(String line, String expected) {
    assertEquals(expected, changed("{}", line).replace("\\'", "\\'"));
  }

  @Test
  void variablesOfTheImageAreReplaced() {
    String env = "{\"Env\":[\"PATH=/bin\",\"EMPTY=\"]}";
    assertEquals("{'Env':['PATH=/usr/x:/bin','EMPTY=']}", changed(env, "ENV PATH=/usr/x:$PATH"));
    assertEquals(
        "{'Env':['PATH=/bin','EMPTY=','A=/bin-d-d-e-','B=$PATH']}",
        changed(env, "ENV A=${PATH}-${NONE:-d}-${EMPTY:-d}-${PATH:+e}-$NONE B=\\$PATH"));
    assertEquals(
        "{'Env':['PATH=/bin','EMPTY='],'WorkingDir':'/bin/x'}", changed(env, "WORKDIR $PATH/x"));
  }

  @Test
  void replacesWhatIsThereAndKeepsTheRest() {
    assertEquals(
        "{'Env':['A=2','B=1'],'Labels':{'a':'2','b':'1'},'Shell':['/bin/bash','-c'],"
            + "'Unknown':{'x':[1.5]},'Cmd':['/bin/bash','-c','go']}",
        changed(
            "{\"Env\":[\"A=1\",\"B=1\"],\"Labels\":{\"a\":\"1\",\"b\":\"1\"},"
                + "\"Shell\":[\"/bin/bash\",\"-c\"],\"Unknown\":{\"x\":[1.5]}}",
            "ENV A=2",
            "LABEL a=2",
            "CMD go"));
  }

  @Test
  void aNewEntrypointDropsTheCommandOfTheOldOne() {
    String old = "{\"Entrypoint\":[\"/a\"],\"Cmd\":[\"x\"]}";
    assertEquals("{'Entrypoint':['/b']}", changed(old, "ENTRYPOINT [\"/b\"]"));
    assertEquals(
        "{'Entrypoint':['/b'],'Cmd':['y']}", changed(old, "CMD [\"y\"]", "ENTRYPOINT [\"/b\"]"));
    assertEquals(
        "{'Entrypoint':['/b'],'Cmd':['y']}", changed(old, "ENTRYPOINT [\"/b\"]\nCMD [\"y\"]"));
  }

  @Test
  void linesGoOnAfterABackslashAndCommentsAreLeftOut() {
    assertEquals(
        "{'Env':['A=1','B=2'],'User':'me'}",
        changed("{}", "# first\nENV A=1 \\\n  # in between\n  B=2\n\n", "USER me"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN make",
        "FROM x",
        "CMD",
        "ENV",
        "ENV A",
        "ENV A=1 B",
        "ENV =1",
        "ENV A=\"x",
        "ENV A=${B",
        "ENV A=${B%x}",
        "EXPOSE 0",
        "EXPOSE 70000",
        "EXPOSE 10-9",
        "EXPOSE x",
        "LABEL a",
        "STOPSIGNAL kill me",
        "STOPSIGNAL ../x",
        "USER a b",
        "ONBUILD FROM x",
        "ONBUILD ONBUILD RUN x",
        "HEALTHCHECK",
        "HEALTHCHECK RUN x",
        "HEALTHCHECK CMD",
        "HEALTHCHECK CMD []",
        "HEALTHCHECK --interval=1 CMD x",
        "HEALTHCHECK --interval=1us CMD x",
        "HEALTHCHECK --interval=99999999h CMD x",
        "HEALTHCHECK --retries=x CMD x",
        "HEALTHCHECK --nonsense=1s CMD x",
      })
  void whatIsNotUnderstoodIsRefusedInOneLine(String line) {
    EngineException e = assertThrows(EngineException.class, () -> changed("{}", line));
    assertEquals(Kind.INVALID, e.kind());
    assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    assertTrue(!e.hint().isEmpty());
  }

  @Test
  void variablesCannotGrowWithoutEnd() {
    String long1 = "ENV A=" + "x".repeat(1000);
    String ten = "ENV A=" + "$A".repeat(100);
    EngineException e =
        assertThrows(EngineException.class, () -> changed("{}", long1, ten, ten, ten, ten));
    assertEquals(Kind.INVALID, e.kind());
  }
}
