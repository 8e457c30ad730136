// The running program that bench/start asks: one line in, one line out. Times are in milliseconds.
//   run KERNEL        one `run --rm IMAGE true`, whole; KERNEL is a file, or - for the default kernel
//   hold KERNEL N     starts N containers at once that sleep
//   exec              `true` in the first of these
//   drop              ends these

String image = args[0];
var held = new ArrayList<ContainerHandle>();

double since(long start) { return (System.nanoTime() - start) / 1e6; }

ContainerSpec spec(String kernel, String... command) {
  var builder = ContainerSpec.of(image).arguments(command).removeOnExit(true);
  return (kernel.equals("-") ? builder : builder.kernel(Path.of(kernel))).build();
}

double mark(BootTimeline timeline, String step) {
  for (var mark : timeline.marks()) if (mark.step().equals(step)) return mark.at().toNanos() / 1e6;
  return -1;
}

String how(BootTimeline timeline) { return timeline.start().replace(' ', '_'); }

String once(String kernel) {
  long start = System.nanoTime();
  var container = run(spec(kernel, "true"));
  int code = container.waitFor();
  double total = since(start);
  if (code != 0) throw new IllegalStateException("true ended with " + code);
  var timeline = container.timeline();
  return "total=" + total + " channel=" + mark(timeline, "channel") + " process=" + mark(timeline, "process") + " how=" + how(timeline);
}

String hold(String kernel, int count) throws Exception {
  var sum = new java.util.concurrent.atomic.DoubleAdder();
  var tasks = new ArrayList<Callable<ContainerHandle>>();
  for (int i = 0; i < count; i++) {
    tasks.add(() -> {
      long start = System.nanoTime();
      var container = run(spec(kernel, "sleep", "1000"));
      sum.add(since(start));
      return container;
    });
  }
  try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
    long start = System.nanoTime();
    var started = threads.invokeAll(tasks);
    double wall = since(start);
    for (var one : started) held.add(one.get());
    var pids = held.stream().map(c -> "" + ((ContainerState.Running) c.state()).machinePid()).collect(Collectors.joining(","));
    long cold = held.stream().filter(c -> c.timeline().start().startsWith("cold")).count();
    var timeline = held.getFirst().timeline();
    var steps = timeline.marks().stream().map(m -> m.step() + ":" + m.at().toNanos() / 1e6).collect(Collectors.joining(","));
    return "wall=" + wall + " sum=" + sum.sum() + " cold=" + cold + " pids=" + pids + " steps=" + steps + " how=" + how(timeline);
  }
}

String exec() {
  long start = System.nanoTime();
  var result = held.getFirst().exec("true");
  double took = since(start);
  if (result.exitCode() != 0) throw new IllegalStateException("true ended with " + result.exitCode());
  return "took=" + took;
}

String drop() throws Exception {
  try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
    for (var container : held) threads.submit(() -> container.kill().waitFor());
  }
  held.clear();
  return "dropped=yes";
}

String answer(String... words) throws Exception {
  return switch (words[0]) {
    case "run" -> once(words[1]);
    case "hold" -> hold(words[1], Integer.parseInt(words[2]));
    case "exec" -> exec();
    case "drop" -> drop();
    default -> throw new IllegalArgumentException(words[0]);
  };
}

void serve() throws Exception {
  var questions = new BufferedReader(new InputStreamReader(System.in));
  try {
    for (String line; (line = questions.readLine()) != null; ) System.out.println(answer(line.split(" ")));
  } finally {
    drop();
  }
}

serve();
