#!/usr/bin/env -S container-tui repl
// What is there on this host: the engine, its findings, kernels, machines, images, containers, and the disk.
//   container-tui repl host-report.jsh [--prune]
//   container-tui repl --json host-report.jsh | jq        each part is a line of JSON

print(system());
print(doctor());
var problems = doctor().where(finding -> finding.level().equals("problem"));

print(kernels());
print(templates());
print(images());
print(containers());
print(df());

// Every value of the API has json(): the names in it stay as they are from release to release.
for (var c : containers()) {
  System.out.println(c.json().get("name").asText() + " was made " + c.createdAt() + " of " + c.image()
      + (c.health().isPresent() ? ", " + c.health().get() : ""));
  print(c(c.name()).inspect()); // inspect(c.name()) is the same: by name, id, or the beginning of an id
}
// For what has no word of its own there is the engine itself.
System.out.println(engine().templates().list().size() + " templates");

if (List.of(arguments()).contains("--prune")) {
  print(prune());
}
if (!problems.isEmpty()) {
  exit(1);
}
