#!/usr/bin/env -S container-tui repl
// Files of images and containers are paths of Java: whatever can read or write a Path works on them, also on an
// image that never ran and on a container that has ended.
//   container-tui repl files.jsh [image]
/load lib/check.jsh

var args = arguments();
var image = pull(args.length > 0 ? args[0] : "busybox");

// What is in the image? No container is needed to look, and to find what is risky or large in it.
print(tree(image.fs("/etc"), 1));
print("accounts: " + Files.readAllLines(image.fs("/etc/passwd")).size());
var largest = image.files("/bin").where(f -> f.kind().equals("file"))
    .stream().max(Comparator.comparing(FileInfo::sizeBytes)).orElseThrow();
print("the largest program is " + largest.path() + " with " + largest.sizeBytes() + " bytes");
print("can become root: " + image.files().where(f -> f.kind().equals("file") && f.mode().contains("s")).size());

var c = run(image.name(), "sh", "-c", "until test -e /etc/go; do sleep 0.1; done; cat /etc/go").create();
try {
  // Before the start: configuration is written where the main process will find it.
  Files.writeString(c.fs("/etc/motd"), "written from outside\n");
  c.start();
  checkEquals("a file from here", "written from outside", c.exec("cat", "/etc/motd").text());

  // While it runs: both sides see each other's files.
  c.exec("sh", "-c", "echo from inside > /tmp/answer").text();
  checkEquals("a file from there", "from inside\n", Files.readString(c.fs("/tmp/answer")));
  Files.writeString(c.fs("/etc/go"), "gone\n");
  checkEquals("it ended by that", 0, c.waitFor(Duration.ofSeconds(60)));

  // After its end: evidence, for as long as it is not removed.
  try (var files = Files.walk(c.fs("/tmp"))) {
    check("the evidence is there", files.anyMatch(f -> f.endsWith("answer")));
  }
  print(c.diff());
} finally {
  c.rm();
}
