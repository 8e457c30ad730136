#!/usr/bin/env -S container-tui repl
// Data through containers: input from here, pipes from one container into another, output to a file here.
// Nothing is kept in memory on the way, however long the stream is.
//   container-tui repl pipes.jsh [image]
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var work = Files.createTempDirectory("pipes");
var a = run(image).detach();
var b = run(image).detach();
try {
  // Standard input can be a text, bytes, a file or a stream.
  checkEquals("a text", List.of("a", "b"), a.exec("sort").stdin("b\na\n").lines());
  checkEquals("bytes", 3, a.exec("cat").stdin(new byte[] {1, 0, -1}).bytes().length);
  var file = Files.writeString(work.resolve("numbers"), "3\n1\n2\n");
  checkEquals("a file", "1 2 3", String.join(" ", a.exec("sort").stdin(file).lines()));
  checkEquals("a described command too", "X",
      a.command("tr", "a-z", "A-Z").stdin(new ByteArrayInputStream("x".getBytes())).text());

  // A pipe from container to container: both run at the same time, the slower one sets the pace.
  var pipe = a.exec("seq", "1", "100000")
      .pipe(b.exec("grep", "7"))
      .pipe(a.exec("wc", "-l"))
      .timeout("2m");
  checkEquals("numbers with a seven", "40951", pipe.text());
  checkEquals("all three ended well", List.of(0, 0, 0), pipe.codes());

  // As in a shell with pipefail, a failure in the middle is one of the whole.
  check("a failure in the middle", run(image, "false").pipe(b.exec("cat")).code() != 0);

  // 16 MiB through a container and into a file of this host.
  var zeros = work.resolve("zeros.gz");
  var result = a.exec("sh", "-c", "head -c 16777216 /dev/zero | gzip -1").saveTo(zeros);
  check(result.command() + " wrote " + Files.size(zeros) + " bytes", result.code() == 0);

  // A command is a Process of Java: its streams can be used as those of any other.
  var echo = a.exec("cat");
  try (var in = echo.getOutputStream()) {
    in.write("one line\n".getBytes());
  }
  checkEquals("the process says", "one line",
      new String(echo.getInputStream().readAllBytes()).strip());
  checkEquals("and has ended", 0, echo.waitFor());

  // What does not end by itself is ended by a signal, or by its time.
  var sleeper = a.exec("sh", "-c", "trap 'exit 3' USR1; echo ready; while true; do sleep 0.1; done");
  sleeper.inputReader().readLine(); // before that the signal would just kill it
  checkEquals("a signal", 3, sleeper.signal("USR1").code());
  try {
    a.exec("sleep", "1000").timeout(Duration.ofSeconds(1)).code();
    check("a command that takes too long fails", false);
  } catch (EngineException e) {
    checkEquals("the time is up", EngineException.Kind.TIMEOUT, e.kind());
  }
} finally {
  a.rm();
  b.rm();
}
