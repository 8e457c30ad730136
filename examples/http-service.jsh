#!/usr/bin/env -S container-tui repl
// An integration test: starts a web service, waits until it answers, asks it, and judges the answers.
//   container-tui repl --timeout 5m http-service.jsh [image]
//
// In CI the exit code tells: 0 if all checks hold, 1 with the line if one does not, 124 after --timeout.
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var url = "http://127.0.0.1:8080";

// The service under test: busybox's web server, a page, and a program (CGI) that adds two numbers.
var site = Files.createTempDirectory("site");
Files.writeString(site.resolve("index.html"), "<h1>It works</h1>\n");
var program = Files.createDirectories(site.resolve("cgi-bin")).resolve("add");
Files.writeString(program, """
    #!/bin/sh
    echo 'Content-Type: text/plain'
    echo
    echo "asked for $QUERY_STRING" >&2
    echo $((${QUERY_STRING%,*} + ${QUERY_STRING#*,}))
    """);
program.toFile().setExecutable(true);

// create() makes the container and does not start it: files can be put into it before. The health
// check runs in the container, every second; labels are there to find it by.
var web = run(image, "httpd", "-f", "-p", "8080", "-h", "/srv")
    .label("purpose", "test")
    .health(Duration.ofSeconds(1), "wget", "-q", "-O", "/dev/null", url + "/")
    .create();

// A request from within the container, where the service listens on loopback.
String get(String path) {
  return web.exec("wget", "-q", "-O", "-", url + path).timeout("20s").text();
}

try {
  web.cp(site, "/srv"); // as docker cp does: /srv is not there, so it becomes the copy
  web.start();

  // Never sleep and hope: await() asks again and again, and says what did not come if it gives up.
  await("the service answers", () -> get("/").contains("It works"), Duration.ofSeconds(60));

  checkEquals("the page", "<h1>It works</h1>", get("/"));
  checkEquals("two and three", "5", get("/cgi-bin/add?2,3"));

  // A failure can be what is wanted: result() has the exit code and both outputs, and does not throw.
  var missing = web.exec("wget", "-q", "-O", "-", url + "/missing").result();
  check("a page that is not there is refused", !missing.ok() && missing.errors().contains("404"));

  // Twenty requests, at most five at a time; the answers come in the order of the questions.
  var numbers = IntStream.range(0, 20).boxed().toList();
  var sums = parallel(5, numbers, n -> get("/cgi-bin/add?" + n + "," + n));
  checkEquals("twenty at the same time", numbers.stream().map(n -> "" + 2 * n).toList(), sums);

  await("it is healthy", () -> web.health().equals(Optional.of("healthy")), Duration.ofSeconds(60));
  check("it is healthy", web.isRunning());
  checkEquals("it is found by its label", web, containers()
      .where(c -> "test".equals(c.labels().get("purpose")) && c.id().equals(web.id())).get(0));
} finally {
  web.rm();
}
