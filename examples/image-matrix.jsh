#!/usr/bin/env -S container-tui repl
// The same checks in several images at the same time; a table at the end, exit code 1 if any failed.
//   container-tui repl image-matrix.jsh [image...]

var args = arguments();
var images = args.length > 0 ? List.of(args) : List.of("busybox", "alpine", "debian:bookworm-slim");

// What has to hold in every image: a name, and a line for the shell.
var checks = new LinkedHashMap<String, String>();
checks.put("shell", "test $((2 + 3)) -eq 5");
checks.put("sort", "test \"$(printf 'b\\na\\n' | sort | head -1)\" = a");
checks.put("users", "grep -q ^root: /etc/passwd");
checks.put("clock", "test $(date +%Y) -ge 2024");

record Cell(String image, String check, boolean ok, Duration took, String words) {}

// One container for each pair. A Run can limit what it may use; a check that hangs is ended.
Cell test(String image, String name) {
  var begin = Instant.now();
  var result = run(image, "sh", "-c", checks.get(name))
      .memory("128m")
      .cpus(1)
      .env("LC_ALL", "C")
      .timeout(Duration.ofMinutes(2))
      .result();
  var words = (result.output() + result.errors()).strip();
  return new Cell(image, name, result.code() == 0, Duration.between(begin, Instant.now()), words);
}

// Pulls first, one after the other: parallel runs of one image would all wait for the same layers.
images.forEach(image -> image(pull(image).name()).platform());

var pairs = images.stream().flatMap(i -> checks.keySet().stream().map(c -> List.of(i, c))).toList();

// At most four machines at a time. If a task throws, all others end first; then parallel() throws.
var cells = parallel(4, pairs, pair -> test(pair.get(0), pair.get(1)));
print(cells);

var failed = cells.stream().filter(cell -> !cell.ok()).toList();
print(failed.isEmpty() ? "all " + cells.size() + " hold" : failed.size() + " do not hold");
if (!failed.isEmpty()) {
  exit(1);
}
