#!/usr/bin/env -S container-tui repl
// One container in its own virtual machine: what kernel runs in it?
//   container-tui repl hello.jsh [image]

var image = args.length > 0 ? args[0] : "alpine";
var c = run(image).detach(); // pulls the image if it is not here

try {
  print(c.exec("uname", "-srm").text());
  print(c.processes());
} finally {
  c.rm();
}
