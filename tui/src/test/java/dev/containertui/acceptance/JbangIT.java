package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program from its sources by its aliases, as a user of jbang would. */
class JbangIT {
  @TempDir Path temp;

  @Test
  void theAliasesStartTheProgram() throws Exception {
    Path root = Host.CHECKOUT;
    Path below = root.resolve("tui/src");
    // In the root the launcher has the alias's name, and jbang takes a file before an alias.
    String version = Jbang.run(root, Map.of(), "container-tui@.", "version").expect(0).text();
    assertTrue(version.startsWith("container-tui 0."), version);
    String help = Jbang.run(below, Map.of(), "container-tui", "--help").expect(0).text();
    assertTrue(help.contains("commands:"), help);
    Host.Result usage = Jbang.run(below, Map.of(), "container-tui", "no such 'thing").expect(2);
    assertTrue(usage.stderr().contains("unknown command: no such 'thing"), usage.stderr());
    Path script = Files.writeString(temp.resolve("a b.jsh"), "System.out.println(args.length);");
    Map<String, String> environment =
        Map.of(
            "CONTAINER_TUI_HOME", temp.resolve("home").toString(), "CONTAINER_TUI_EMBEDDED", "1");
    Host.Result repl =
        Jbang.run(below, environment, "container-tui-repl", script.toString(), "one", "two");
    assertEquals("2\n", repl.expect(0).text());
  }

  /** As {@code alias@organisation/repository} does: over HTTP, where jbang finds no patterns. */
  @Test
  void theAliasWorksFromADistance() throws Exception {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Host.CHECKOUT,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      String site = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      Map<String, String> environment = Map.of("JBANG_DIR", temp.resolve("jbang").toString());
      Jbang.run(temp, environment, "trust", "add", site).expect(0);
      String version =
          Jbang.run(temp, environment, "container-tui@" + site + "jbang-catalog.json", "version")
              .expect(0)
              .text();
      assertTrue(version.startsWith("container-tui 0."), version);
    } finally {
      server.stop(0);
    }
  }
}
