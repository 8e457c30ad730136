#!/usr/bin/env -S container-tui repl
// A database whose files are in a volume: the container can be thrown away and made anew, of another image
// for example, and the data stays.
//   container-tui repl volumes.jsh [image]
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var data = createVolume("example-data", "1g"); // takes of the disk what is written to it, not a gigabyte
var row = "cat >> /var/lib/db/table";

try {
  checkEquals("the volume has the size that was asked for", 1L << 30, data.sizeBytes());

  // The "database", with a place for what nobody needs after it.
  var first = run(image, "sleep", "100000").mount(data.name(), "/var/lib/db").tmpfs("/scratch", "16m").detach();
  try {
    first.exec("sh", "-c", row).stdin("1,Ada\n").text();
    first.exec("sh", "-c", row).stdin("2,Grace\n").text();
    checkEquals("it is the container's", List.of(first.name()), volume("example-data").containers());

    // Two machines that write to one file system would destroy it.
    try {
      run(image, "true").mount(data.name(), "/var/lib/db").text();
      check("a second one may not write meanwhile", false);
    } catch (EngineException e) {
      print(e.getMessage());
      checkEquals("a second one may not write meanwhile", "CONFLICT", e.kind().name());
    }
  } finally {
    first.rm();
  }

  // Another container goes on where the first one ended, and what it has in memory ends with it.
  var second = run(image, "sh", "-c", row + "; echo gone > /tmp/x").mount("example-data", "/var/lib/db").tmpfs("/tmp");
  second.stdin("3,Edsger\n").text();

  // Any number may read at the same time.
  var counts = parallel(List.of("a", "b"), name ->
      run(image, "sh", "-c", "wc -l < /data/table").mountReadOnly("example-data", "/data").text());
  checkEquals("several read what all have written", List.of("3", "3"), counts);
  check("who reads does not write",
      run(image, "sh", "-c", "echo x > /data/x").mountReadOnly("example-data", "/data").code() != 0);

  print(volumes().where(v -> v.name().startsWith("example-")));
  check("it takes less of the disk than it can hold", volume("example-data").diskBytes() < data.sizeBytes());
  checkEquals("nobody has it any more", List.of(), volume("example-data").containers());
} finally {
  volume("example-data").rm();
}
check("the volume is gone", volumes().where(v -> v.name().equals("example-data")).isEmpty());
