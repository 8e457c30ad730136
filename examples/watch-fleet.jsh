#!/usr/bin/env -S container-tui repl
// A small fleet under observation: what it uses inside and on the host, what happens to it, and how limits are
// changed while it runs.
//   container-tui repl watch-fleet.jsh [image [seconds]]

import java.util.concurrent.locks.LockSupport;

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 3;

var began = Instant.now();
var fleet = parallel(List.of("idle", "busy", "chatty"), role -> {
  var work = Map.of(
      "idle", "sleep 100000",
      "busy", "while true; do :; done",
      "chatty", "while sleep 0.1; do date; done");
  return run(image, "sh", "-c", work.get(role))
      .label("role", role)
      .cpus(0.5)
      .stopTimeout(Duration.ofSeconds(1)) // as main process a shell ignores SIGTERM: do not wait for it
      .detach();
});

try (var events = events().since(began).filter("event=start")) {
  print("it started: " + events.next(Duration.ofSeconds(30)).map(Event::name).orElse("nothing"));

  // Rates are differences of samples.
  var before = fleet.stream().map(c -> c.stats()).toList();
  Thread.sleep(seconds * 1000L);
  for (int i = 0; i < fleet.size(); i++) {
    var c = fleet.get(i);
    print("%-7s %.2f CPUs, %d processes, %s, command %s".formatted(
        c.labels().get("role"), c.stats().cpusSince(before.get(i)), c.processes().size(),
        c.isRunning() ? "running" : c.state(), c.command().get(0)));
  }
  print(stats()); // all containers in one table
  print(machines()); // the same from the host's side: a process, its memory, how it came up

  // Limits change while it runs, without a restart of the container.
  var busy = fleet.get(1);
  busy.cpus(0.1).memory("96m").restart("on-failure").rename("busy-" + busy.id());
  print("now called " + busy.name() + ", limit " + busy.stats().memoryLimitBytes() / (1 << 20) + " MiB");

  // watch() shows something again and again until it is interrupted: by Ctrl-C in the console, here by a thread
  // that has seen enough.
  var watching = Thread.currentThread();
  Thread.ofVirtual().start(() -> {
    await(() -> busy.stats().processes() > 0, Duration.ofSeconds(30));
    LockSupport.parkNanos(seconds * 1_000_000_000L);
    watching.interrupt();
  });
  watch(Duration.ofMillis(500), () -> containers().grep(busy.name()).size() + " busy one");
  Thread.interrupted(); // the flag has done its work; what follows must not be cancelled by it
} finally {
  parallel(fleet, c -> {
    c.stop();
    var end = c.exitCode().map(code -> "ended with " + code).orElse("has not ended");
    c.rm();
    return end;
  }).forEach(end -> print(end));
}
