#!/usr/bin/env -S container-tui repl
// A CI job: builds and tests a project in a container that has nothing but the project, and brings back the report.
//   container-tui repl --timeout 10m ci-job.jsh [image]

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";
var work = Files.createTempDirectory("job");

// The project, as a checkout would be: a "program", and a test of it.
var project = Files.createDirectories(work.resolve("project"));
Files.writeString(project.resolve("double.awk"), "{ print 2 * $1 }\n");
Files.writeString(project.resolve("test.sh"), """
    set -eu
    test "$(echo 21 | awk -f double.awk)" = 42
    echo "passed as $(id -un) in $(pwd), CI=$CI" | tee report.txt
    """);

record Step(String name, int code, Duration took) {}
var steps = new ArrayList<Step>();

// Nothing of the job outlives it: the container goes, whatever happens.
var job = run(image).name("ci-" + ProcessHandle.current().pid()).memory(256L << 20).detach();

String step(String name, Exec described) {
  var begin = Instant.now();
  var result = described.timeout("2m").result();
  steps.add(new Step(name, result.code(), Duration.between(begin, Instant.now())));
  // orFail() throws with the command's own words; the script ends with its place and exit code 1.
  return result.orFail().output();
}

try {
  job.cp(project, "/build");
  step("own", job.command("chown", "-R", "nobody", "/build"));
  var said = step("test", job.command("sh", "test.sh").workdir("/build").user("nobody").env("CI", "true"));
  print(said.strip());
  job.cp("/build/report.txt", work);
  print("the report has " + Files.size(work.resolve("report.txt")) + " bytes");
} finally {
  print(steps);
  job.rm();
}
