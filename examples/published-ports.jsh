#!/usr/bin/env -S container-tui repl
// A service in a container, tested from outside: by clients on this host, over published ports.
//   container-tui repl --timeout 5m published-ports.jsh [image]
/load lib/check.jsh

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";

// No port of the host is given, so it is any that is free: the test runs beside whatever else does.
// At 127.0.0.1 only this host reaches it; port(80) alone would be at all of the host's addresses.
var web = run(image, "httpd", "-f", "-p", "80", "-h", "/srv").port("127.0.0.1::80").create();
Files.createDirectory(web.fs("/srv"));
Files.writeString(web.fs("/srv/index.html"), "<h1>It works</h1>\n");

// With nobody behind it yet a connection is made, and closed again: that is not an answer.
var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
String get(String path) {
  var uri = URI.create("http://127.0.0.1:" + web.port(80) + path);
  var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
  try {
    var answer = client.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body().strip();
  } catch (IOException e) {
    return "no answer: " + e.getMessage();
  } catch (InterruptedException e) {
    throw new IllegalStateException(e);
  }
}

// All ports that the image or expose() declares; echo is on TCP.
var echo = run(image, "nc", "-ll", "-p", "7", "-e", "cat")
    .expose("7").expose("53/udp").publishAll().create();

String echoed(String line) {
  try (var socket = new Socket("127.0.0.1", echo.port(7))) {
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write((line + "\n").getBytes());
    return new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
  } catch (IOException e) {
    return "no answer: " + e.getMessage();
  }
}

try {
  web.start();
  await("the page is there", () -> get("/").startsWith("200"), Duration.ofSeconds(60));
  checkEquals("the page", "200 <h1>It works</h1>", get("/"));
  check("a page that is not there", get("/missing").startsWith("404"));

  // Many clients at once, as a service has them.
  var answers = parallel(4, IntStream.range(0, 20).boxed().toList(), n -> get("/"));
  checkEquals("twenty clients", 20L, answers.stream().filter(a -> a.contains("It works")).count());

  // A port of the host belongs to one container: the second one is not started.
  var kind = "none";
  try {
    run(image, "true").port(web.port(80), 80).detach();
  } catch (EngineException e) {
    kind = e.kind().name();
  }
  checkEquals("a port that is taken is refused", "CONFLICT", kind);

  echo.start();
  await("echo is there", () -> "hello".equals(echoed("hello")), Duration.ofSeconds(60));
  print(echo.ports());
  check("UDP has a port too", echo.port("53/udp") > 0 && echo.ports().size() == 2);

  // Ports are free again when a container has ended.
  var port = web.port(80);
  web.stop(Duration.ofSeconds(0));
  var next = run(image, "nc", "-ll", "-p", "80", "-e", "echo", "next").port(port, 80).detach();
  checkEquals("the next one has it", port, next.port(80));
  next.rm();
} finally {
  web.rm();
  echo.rm();
}
