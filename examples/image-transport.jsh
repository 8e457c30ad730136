#!/usr/bin/env -S container-tui repl
// An image of your own, without a Dockerfile: made from a container, named, saved to a file, loaded again,
// and, if you have a registry, pushed.
//   container-tui repl image-transport.jsh [image [registry/name:tag]]
/load lib/check.jsh

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var name = args.length > 1 ? args[1] : "example/greeter:1";
var work = Files.createTempDirectory("transport");

// The build: files are copied in, commands are run, the outcome is an image. The lines are those of a Dockerfile.
var script = Files.writeString(work.resolve("greet"), "#!/bin/sh\necho \"hello, ${1:-nobody} of $PLANET\"\n");
script.toFile().setExecutable(true);
var builder = run(image).hostname("builder").host("mirror.internal", "10.0.2.2").detach();
try {
  builder.cp(script, "/bin/greet");
  checkEquals("it calls itself", "builder", builder.exec("hostname").text());
  check("it knows the mirror", builder.exec("cat", "/etc/hosts").text().contains("mirror.internal"));
  print(builder.diff());
  builder.commit(name, "ENTRYPOINT [\"/bin/greet\"]", "CMD [\"world\"]", "ENV PLANET=earth");
  // The whole file system as one archive, for tools that know no images.
  check("a tar archive", Files.size(builder.export(work.resolve("fs.tar"))) > 100_000);
} finally {
  builder.rm();
}

var greeter = image(name);
try {
  checkEquals("the image's own command", "hello, world of earth", greeter.run().text());
  checkEquals("other arguments", "hello, moon of earth", greeter.run("moon").text());
  checkEquals("another entrypoint", "earth", greeter.run("-c", "echo $PLANET").entrypoint("/bin/sh").text());
  checkEquals("another environment", "hello, Ada of mars",
      greeter.run().command("Ada").env(Map.of("PLANET", "mars")).text());

  // Out into a file, away with it, and back.
  var digest = greeter.digest();
  var archive = greeter.tag("example/copy:1").save(work.resolve("greeter.tar"));
  print(greeter.rm());
  image("example/copy:1").rm();
  var loaded = load(archive);
  checkEquals("the loaded image is the saved one", digest, loaded.get(0).digest());

  // A registry of yours: what is there already is not sent again.
  if (args.length > 1) {
    checkEquals("the registry has it", digest, image(name).push());
    image(name).rm();
    checkEquals("and gives it back", digest, pull(name, greeter.platform()).digest());
  }
} finally {
  for (var left : images().grep("example/|" + name)) {
    left.rm();
  }
}
