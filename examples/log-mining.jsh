#!/usr/bin/env -S container-tui repl
// Log mining: what did a service do, and what went wrong? Follows, filters and counts what it wrote.
//   container-tui repl log-mining.jsh [image]

var args = arguments();
var image = args.length > 0 ? args[0] : "busybox";

// Something to mine: a service that answers requests, well and badly, and then shuts down.
var service = run(image, "sh", "-c", """
    echo 'INFO listening on 8080'
    for n in $(seq 1 60); do
      ms=$((n * 37 % 250))
      if [ $((n % 9)) -eq 0 ]; then echo "ERROR request $n status=500 took=${ms}ms" >&2
      else echo "INFO request $n status=200 took=${ms}ms"; fi
    done
    echo 'INFO bye'
    """).detach();

try {
  // Waits for a line, those that are there already included, and gives it.
  var ready = service.logs().await("listening on (\\d+)", Duration.ofSeconds(60));
  print("it said \"" + ready.text() + "\" at " + ready.at());

  // follow() gives lines as they come, until the container ends; it has to be closed.
  try (var lines = service.logs().follow()) {
    var slow = lines.stream().filter(l -> l.text().matches(".*took=2\\d\\dms")).limit(3).toList();
    print("the first three slow ones:");
    print(slow);
  }
  service.waitFor(Duration.ofMinutes(2));

  // What is there now, read anew each time: choose by stream, time, number and content.
  var all = service.logs();
  print(all.lines().size() + " lines, " + all.err().lines().size() + " of them on standard error");
  print("the last error:", all.err().tail(1).text());
  print("nothing came an hour ago: " + all.until("1h").lines().isEmpty());
  print("all of it in the last hour: " + all.since("1h").grep("status=").out().lines().size());

  // From here on it is plain Java: how are the durations distributed, by status?
  record Request(int status, int millis) {}
  var pattern = java.util.regex.Pattern.compile("status=(\\d+) took=(\\d+)ms");
  var requests = all.lines().stream()
      .map(line -> pattern.matcher(line.text()))
      .filter(java.util.regex.Matcher::find)
      .map(m -> new Request(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))))
      .toList();
  record Summary(int status, long count, long mean, int most) {}
  print(requests.stream()
      .collect(Collectors.groupingBy(Request::status, TreeMap::new, Collectors.toList()))
      .entrySet().stream()
      .map(e -> {
        var figures = e.getValue().stream().mapToInt(Request::millis).summaryStatistics();
        return new Summary(e.getKey(), figures.getCount(), Math.round(figures.getAverage()), figures.getMax());
      })
      .toList());
} finally {
  service.rm();
}
