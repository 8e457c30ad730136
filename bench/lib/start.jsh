// The running program that bench/start asks: one line in, one line out. Times are in milliseconds.
//   run KERNEL        one `run --rm IMAGE true`, whole; KERNEL is a file, or - for the default kernel
//   runs KERNEL N     N of these at once
//   hold KERNEL N     starts N containers at once that sleep
//   exec              `true` in the first of these
//   idle DIRECTORY N  starts N clones of the template that was used last, without containers in them; their sockets go there
//   drop              ends all these

import dev.containertui.agent.AgentConnection;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ProcessSpec;
import dev.containertui.host.SparseFiles;
import dev.containertui.vm.*;
import dev.containertui.vm.qemu.*;

String image = args[0];
var held = new ArrayList<dev.containertui.container.Container>();
var bare = new ArrayList<VirtualMachine>();

double since(long start) { return (System.nanoTime() - start) / 1e6; }

ContainerSpec spec(String kernel, String... command) {
  var builder = ContainerSpec.of(image).arguments(command).removeOnExit(true);
  return (kernel.equals("-") ? builder : builder.kernel(Path.of(kernel))).build();
}

dev.containertui.container.Container begin(ContainerSpec spec) {
  var container = engine().containers().create(spec);
  container.start();
  return container;
}

double mark(BootTimeline timeline, String step) {
  for (var mark : timeline.marks()) if (mark.step().equals(step)) return mark.at().toNanos() / 1e6;
  return -1;
}

String how(BootTimeline timeline) { return timeline.start().replace(' ', '_'); }

String once(String kernel) throws Exception {
  long start = System.nanoTime();
  var container = begin(spec(kernel, "true"));
  double up = since(start);
  int code = ((ContainerState.Exited) container.awaitEnd()).exitCode();
  double total = since(start);
  if (code != 0) throw new IllegalStateException("true ended with " + code);
  var timeline = container.bootTimeline();
  return "total=" + total + " up=" + up + " channel=" + mark(timeline, "channel") + " process=" + mark(timeline, "process") + " how=" + how(timeline);
}

String runs(String kernel, int count) throws Exception {
  var tasks = Collections.<Callable<String>>nCopies(count, () -> once(kernel));
  try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
    long start = System.nanoTime();
    var ended = threads.invokeAll(tasks);
    double wall = since(start);
    for (var one : ended) one.get();
    return "wall=" + wall;
  }
}

String hold(String kernel, int count) throws Exception {
  var sum = new java.util.concurrent.atomic.DoubleAdder();
  var tasks = new ArrayList<Callable<dev.containertui.container.Container>>();
  for (int i = 0; i < count; i++) {
    tasks.add(() -> {
      long start = System.nanoTime();
      var container = begin(spec(kernel, "sleep", "1000"));
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
    long cold = held.stream().filter(c -> c.bootTimeline().start().startsWith("cold")).count();
    var timeline = held.getFirst().bootTimeline();
    var steps = timeline.marks().stream().map(m -> m.step() + ":" + m.at().toNanos() / 1e6).collect(Collectors.joining(","));
    return "wall=" + wall + " sum=" + sum.sum() + " cold=" + cold + " pids=" + pids + " steps=" + steps + " how=" + how(timeline);
  }
}

String exec() throws Exception {
  long start = System.nanoTime();
  int code = held.getFirst().exec(ProcessSpec.of("true")).waitFor();
  double took = since(start);
  if (code != 0) throw new IllegalStateException("true ended with " + code);
  return "took=" + took;
}

String idle(Path directory, int count) throws Exception {
  var template = engine().templates().list().getFirst();
  // The kernel is not read any more: a clone has it in its memory.
  Path any = engine().kernels().list().getFirst().image();
  var kernel = new VmSpec.Kernel(any, !template.kernelRelease().contains("microvm"));
  var hypervisor = new QemuHypervisor(new QemuConfig(Optional.empty(), System.getenv("PATH"), directory, () -> Optional.of(kernel)));
  for (int i = 0; i < count; i++) {
    Path own = Files.createDirectories(directory.resolve("" + i));
    Path root = own.resolve("root"), upper = own.resolve("upper");
    SparseFiles.create(root, 1 << 20);
    SparseFiles.create(upper, 64L << 30);
    var spec = new VmSpec("idle" + i, own,
        new VmSpec.MachineShape(kernel, any, "", template.vcpus(), template.memoryBytes()),
        new VmSpec.Attachments(
            List.of(new VmSpec.Disk(root, "root", true), new VmSpec.Disk(upper, "upper", false)),
            List.of(new VmSpec.Nic("52:54:00:00:00:01", VmSpec.Nic.Backend.USER_NAT))));
    var machine = hypervisor.cloning().get().startFrom(template.directory(), spec);
    bare.add(machine);
    AgentConnection.open(machine.openAgentChannel(), Duration.ZERO, Duration.ofSeconds(20));
  }
  return "pids=" + bare.stream().map(m -> "" + m.pid()).collect(Collectors.joining(","));
}

String drop() throws Exception {
  bare.forEach(VirtualMachine::close);
  bare.clear();
  try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
    for (var container : held) threads.submit(() -> { container.kill(9); return container.awaitEnd(); });
  }
  held.clear();
  return "dropped=yes";
}

String answer(String... words) throws Exception {
  return switch (words[0]) {
    case "run" -> once(words[1]);
    case "runs" -> runs(words[1], Integer.parseInt(words[2]));
    case "hold" -> hold(words[1], Integer.parseInt(words[2]));
    case "idle" -> idle(Path.of(words[1]), Integer.parseInt(words[2]));
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
