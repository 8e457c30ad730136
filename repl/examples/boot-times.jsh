#!/usr/bin/env -S container-tui repl
// How long does a container take to start? Boots one a few times and shows the median.
//   container-tui repl boot-times.jsh [image] [times]

var image = args.length > 0 ? args[0] : "alpine";
int times = args.length > 1 ? Integer.parseInt(args[1]) : 3;

record Start(int number, Duration total) {}

var starts = new ArrayList<Start>();
Timeline last = null;
for (int i = 1; i <= times; i++) {
  var c = run(image, "true").detach();
  c.waitFor();
  last = c.timeline();
  starts.add(new Start(i, last.total()));
  c.rm();
}

print(starts);
print("the last one, step by step:", last);
var sorted = starts.stream().map(Start::total).sorted().toList();
print("median of " + times + ": " + sorted.get(times / 2).toMillis() + " ms");
