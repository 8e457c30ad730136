#!/usr/bin/env -S container-tui repl
// What is in the images of the store, and what do they weigh? Tables for people, JSON for programs:
//   container-tui repl image-audit.jsh [most-megabytes [image...]]
//   container-tui repl --json image-audit.jsh | jq
//
// Ends with exit code 1 if an image is larger than allowed, so that a pipeline stops at it.

var args = arguments();
double most = args.length > 0 ? Double.parseDouble(args[0]) : 200;
var wanted = args.length > 1 ? List.of(args).subList(1, args.length) : List.<String>of();
wanted.forEach(name -> pull(name));
var audited = wanted.isEmpty() ? images() : wanted.stream().map(name -> image(name)).toList();

record Report(
    String image, String platform, double megabytes, int layers, double largest, boolean hasUser, int days) {}

Report report(Image image) {
  var layers = image.layers();
  var largest = layers.stream().mapToLong(Layer::sizeBytes).max().orElse(0);
  // inspect() is everything that is known, as JSON: summary, manifest and configuration.
  var config = image.inspect().path("config").path("config");
  var age = image.created().map(made -> Duration.between(made, Instant.now())).orElse(Duration.ZERO);
  return new Report(
      image.name(), image.platform(), image.sizeBytes() / 1e6, layers.size(), largest / 1e6,
      !config.path("User").asText("").isEmpty(), (int) age.toDays());
}

var reports = audited.stream().map(image -> report(image)).toList();
print(reports);

// The largest image in detail: its layers, and the steps that made it.
var largest = audited.stream().max(Comparator.comparing(Image::sizeBytes)).orElse(null);
if (largest != null) {
  print("the largest is " + largest.id() + ", called " + String.join(" and ", largest.names()));
  print(largest.layers());
  print(largest.history());
  print(largest.labels());
}
print(df()); // what takes how much of the disk

var tooLarge = reports.stream().filter(r -> r.megabytes() > most).map(Report::image).toList();
if (!tooLarge.isEmpty()) {
  System.err.println("larger than " + most + " MB: " + String.join(", ", tooLarge));
  exit(1);
}
