#!/usr/bin/env -S container-tui repl
// The same command in several containers at the same time; fails if it fails in one of them.
//   container-tui repl side-by-side.jsh [image...]

var images = args.length > 0 ? List.of(args) : List.of("alpine", "debian:bookworm-slim");

record Answer(String image, String kernel, Duration took) {}

Answer ask(String image) {
  var begin = Instant.now();
  var c = run(image).memory("256m").detach();
  try {
    var kernel = c.exec("uname", "-r").text();
    return new Answer(image, kernel, Duration.between(begin, Instant.now()));
  } finally {
    c.rm();
  }
}

images.forEach(image -> pull(image));
print(parallel(images, image -> ask(image)));
