#!/usr/bin/env -S container-tui repl
// How long does a container take to start, and where does the time go? Clones of a booted machine against
// machines that boot.
//   container-tui repl boot-times.jsh [image [times]]

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
int times = args.length > 1 ? Integer.parseInt(args[1]) : 3;

record Start(String way, int number, Duration total) {}

// A kernel can be given as a file too, one of your own for example; here it is the installed one.
var kernel = engine().kernels().defaultKernel().orElseThrow().image();

Timeline measure(String way) {
  var described = run(image, "true").keep(); // keep: its timeline is asked for after its end
  var c = switch (way) {
    case "cold boot" -> described.coldBoot().create();
    case "own kernel" -> described.coldBoot().kernel(kernel).create();
    default -> described.create();
  };
  try {
    c.start().waitFor();
    return c.timeline();
  } finally {
    c.rm();
  }
}

measure("clone"); // the first one makes the template that the others are cloned from
print(templates());

var starts = new ArrayList<Start>();
Timeline last = null;
var ways = List.of("clone", "cold boot", "own kernel");
for (var way : ways) {
  for (int i = 1; i <= times; i++) {
    last = measure(way);
    starts.add(new Start(way, i, last.total()));
  }
}
print(starts);
for (var way : ways) {
  var sorted = starts.stream().filter(s -> s.way().equals(way)).map(Start::total).sorted().toList();
  print("median of " + times + ", " + way + ": " + sorted.get(times / 2).toMillis() + " ms");
}
print("the last one, step by step:", last);
print("its slowest step: "
    + last.steps().stream().max(Comparator.comparing(Timeline.Step::took)).orElseThrow().name());
