#!/usr/bin/env -S container-tui repl
// Tests that need a database begin each with the same data, without filling it anew each time: the data is
// made once, and kept as a snapshot, in two ways.
//   container-tui repl database-snapshots.jsh [image]
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var snapshot = "snapshots/db:filled";
var work = Files.createTempDirectory("snapshots");

// The "database": a table in a file, a line for each row. A real one differs only in its commands.
void insert(Container db, String row) {
  db.exec("sh", "-c", "cat >> /data/table").stdin(row + "\n").text();
}

List<String> select(Container db) {
  return db.exec("sort", "/data/table").lines();
}

// 1. The whole container as an image: every test starts one of its own, all at the same time if it likes.
var origin = run(image, "sleep", "100000").detach();
try {
  origin.command("mkdir", "/data").text();
  insert(origin, "1,Ada");
  insert(origin, "2,Grace");

  // What will be in the snapshot? The differences between its files and the image's.
  print(origin.diff().grep("/data"));
  var image1 = origin.commit(snapshot, "LABEL purpose=snapshot", "WORKDIR /data");
  checkEquals("the snapshot has a label", "snapshot", image1.labels().get("purpose"));

  var tests = Map.<String, String>of("insert", "3,Edsger", "again", "4,Barbara");
  parallel(tests.entrySet(), test -> {
    var db = run(snapshot, "sleep", "100000").rm().detach(); // removed when it has ended
    try {
      insert(db, test.getValue());
      checkEquals(test.getKey() + " sees its own row only",
          List.of("1,Ada", "2,Grace", test.getValue()), select(db));
      return db.name();
    } finally {
      db.kill();
    }
  });
  checkEquals("the origin is as it was", List.of("1,Ada", "2,Grace"), select(origin));

  // 2. Only the data directory, copied out and in: one container for all tests, and what is in other
  //    directories stays. A stopped container can be copied from and to as well.
  origin.cp("/data", work.resolve("data"));
  insert(origin, "5,Kurt");
  checkEquals("a test has changed it", 3, select(origin).size());
  origin.exec("rm", "-r", "/data").text();
  origin.cp(work.resolve("data"), "/data");
  checkEquals("and it is back", List.of("1,Ada", "2,Grace"), select(origin));

  // From one container straight into another one.
  var copy = run(image, "sleep", "100000").detach();
  try {
    origin.cp("/data", copy, "/data");
    checkEquals("the copy has the rows", select(origin), select(copy));
  } finally {
    copy.rm();
  }
} finally {
  origin.rm();
  if (!images().where(i -> i.names().stream().anyMatch(n -> n.endsWith(snapshot))).isEmpty()) {
    await("the tests' containers are gone",
        () -> containers().where(c -> c.image().equals(snapshot)).isEmpty(), Duration.ofSeconds(60));
    image(snapshot).rm();
  }
}
