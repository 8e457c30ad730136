#!/usr/bin/env -S container-tui repl
// The same command in several containers at the same time; fails if it fails in one of them.
//   container-tui repl side-by-side.jsh [image...]

var images = args.length > 0 ? List.of(args) : List.of("alpine", "debian:bookworm-slim");

record Answer(String image, String kernel, Duration took) {}

Answer ask(String image) {
  var begin = Instant.now();
  var c = from(image).memory("256m").run();
  try {
    var kernel = c.exec("uname", "-r").orFail().output().strip();
    return new Answer(image, kernel, Duration.between(begin, Instant.now()));
  } finally {
    c.remove();
  }
}

images.forEach(image -> pull(image));
var answers = new ConcurrentHashMap<String, Answer>();
try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
  var tasks = threads.invokeAll(
      images.stream().map(image -> (Callable<Answer>) () -> ask(image)).toList());
  for (var task : tasks) {
    answers.put(task.get().image(), task.get());
  }
}
print(answers.values());
