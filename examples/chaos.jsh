#!/usr/bin/env -S container-tui repl
// Chaos: does a service survive what happens to services? It crashes, is killed, frozen, starved of memory,
// and its disk is filled; after each blow it has to work again.
//   container-tui repl --timeout 10m chaos.jsh [image]
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var patience = Duration.ofSeconds(90);

// The victim writes a record after the other to a small disk (64 MiB of memory), and says so on its output. A full disk it
// reports and lives through; of USR1 it crashes. restart("always") has the engine start it again after that.
var victim = run(image, "sh", "-c", """
    trap 'exit 3' USR1
    n=0
    while sleep 0.2; do
      n=$((n + 1))
      if echo "$n" > /dev/shm/record-$n 2>/dev/null; then echo "wrote $n"; else echo "cannot write $n" >&2; fi
    done
    """)
    .restart("always")
    .memory("256m")
    .stopSignal("KILL") // the shell has nothing to say goodbye to
    .detach();

// Everything that happens to it from here on, to be looked at when it matters.
var events = events().filter("type=container", "container=" + victim.id());

void works(String after) {
  // since(): what it wrote before the blow does not count.
  var line = victim.logs().since(Instant.now()).await("^wrote ", patience);
  check("it works " + after + ": " + line.text(), line.stream().equals("out"));
}

try {
  works("at the start");

  // A crash: the main process ends by itself, and the engine starts the container again.
  victim.kill("USR1");
  var death = events.await(e -> e.action().equals("die"), patience);
  checkEquals("it crashed", "3", death.attributes().get("exitCode"));
  events.await(e -> e.action().equals("start"), patience);
  works("after a crash");

  // Killed: an order from outside is no crash, so the engine does not start it again. Somebody has to.
  victim.kill();
  checkEquals("it died of SIGKILL", 137, victim.waitFor(patience));
  victim.start();
  works("after a kill");

  // Frozen: nothing in it moves, as when a host is overloaded.
  victim.pause();
  checkEquals("it stands still", "paused", victim.state());
  // What it had written before may be on its way yet.
  await("a log that stands still", () -> {
    var lines = victim.logs().lines().size();
    Thread.sleep(1000);
    return victim.logs().lines().size() == lines;
  }, patience);
  var frozen = victim.logs().lines().size();
  Thread.sleep(1000);
  checkEquals("and writes nothing", frozen, victim.logs().lines().size());
  victim.unpause();
  works("after a freeze");

  // A full disk: dd fails, and so does every record.
  var dd = victim.exec("dd", "if=/dev/zero", "of=/dev/shm/ballast", "bs=1M").result();
  check("the disk is full", dd.errors().contains("No space left"));
  var complaint = victim.logs().err().await("cannot write", patience);
  check("it says so: " + complaint.text(), complaint.stream().equals("err"));
  victim.exec("rm", "/dev/shm/ballast").code();
  works("after a full disk");

  // Too little memory: a process that wants more than the limit is ended by the kernel, not the service.
  victim.memory("64m");
  var glutton = victim.exec("sh", "-c", "x=x; while true; do x=$x$x; done").timeout(patience).result();
  check("the glutton was ended: " + glutton.code(), !glutton.ok());
  works("after memory ran out");

  // An orderly end is an order too.
  victim.stop(Duration.ofSeconds(2));
  check("it is down", !victim.isRunning());
  victim.restart();
  works("after a restart");
} finally {
  events.close();
  victim.rm();
}
