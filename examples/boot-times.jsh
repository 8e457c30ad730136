#!/usr/bin/env -S container-tui repl
// How long does a container take to start, and where does the time go? Clones of a booted machine against
// machines that boot.
//   container-tui repl boot-times.jsh [image [times]]

var image = args.length > 0 ? args[0] : "busybox";
int times = args.length > 1 ? Integer.parseInt(args[1]) : 3;

record Start(String way, int number, Duration total) {}

Timeline measure(boolean cold) {
  var described = run(image, "true").keep(); // keep: its timeline is asked for after its end
  var c = (cold ? described.coldBoot() : described).create();
  try {
    c.start().waitFor();
    return c.timeline();
  } finally {
    c.rm();
  }
}

measure(false); // the first one makes the template that the others are cloned from
print(templates());

var starts = new ArrayList<Start>();
Timeline last = null;
for (boolean cold : new boolean[] {false, true}) {
  for (int i = 1; i <= times; i++) {
    last = measure(cold);
    starts.add(new Start(cold ? "cold boot" : "clone", i, last.total()));
  }
}
print(starts);
for (var way : List.of("clone", "cold boot")) {
  var sorted = starts.stream().filter(s -> s.way().equals(way)).map(Start::total).sorted().toList();
  print("median of " + times + ", " + way + ": " + sorted.get(times / 2).toMillis() + " ms");
}
print("the last one, step by step:", last);
print("its slowest step: "
    + last.steps().stream().max(Comparator.comparing(Timeline.Step::took)).orElseThrow().name());
