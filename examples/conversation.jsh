#!/usr/bin/env -S container-tui repl
// A conversation with a main process: its input stays open, questions go in, answers come out. And it is locked
// up: it cannot write to its disk, and has little memory and half a CPU.
//   container-tui repl conversation.jsh [image]
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";

var calculator = run(image, "sh", "-c", """
    while read a b; do
      [ "$a" = quit ] && break
      echo "$a and $b: $((a + b))"
    done
    echo bye
    """)
    .openInput()
    .readOnly()
    .memory("64m")
    .cpus(0.5)
    .detach();
try {
  // main() is the main process: a Process of Java, whose output logs() has too.
  var input = calculator.main().getOutputStream();
  input.write("1 2\n20 22\n".getBytes());
  input.flush();
  checkEquals("it answers", "20 and 22: 42",
      calculator.logs().await("^20 and", Duration.ofSeconds(60)).text());
  check("it cannot write", calculator.exec("touch", "/tmp/x").result().errors().contains("Read-only"));

  // Its input stays open for whoever comes next, so closing ours would not end it: a word does.
  input.write("quit\n".getBytes());
  input.flush();
  checkEquals("it ended well", 0, calculator.waitFor(Duration.ofSeconds(60)));
  checkEquals("with its last word", "bye", calculator.logs().tail(1).text());
} finally {
  calculator.rm();
}
