import com.sun.management.ThreadMXBean;
import dev.containertui.tui.vt.Emulator;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import org.jline.builtins.ScreenTerminal;

// MB/s of our emulator and of JLine's, for bench/vt: megabytes of each kind, rounds; a file of mixed output, rounds of that, its
// last line.

static final int READ = 32 * 1024;
static final int HISTORY = 5000;
static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

/** One kind of output; how much of it the peer gets, and how many times as fast ours is to be. */
record Kind(String name, byte[] stream, int peerBytes, int rounds, double target) {}

/** What the peer could not take. */
static final Map<String, Integer> thrown = new TreeMap<>();

Map<String, String> pieces() {
  Map<String, String> pieces = new LinkedHashMap<>();
  pieces.put("plain text", "The quick brown fox jumps over the lazy dog, and again, and again, until it has had enough.\r\n");
  pieces.put("long lines", "x".repeat(3000) + "\r\n");
  StringBuilder sgr = new StringBuilder();
  for (int i = 0; i < 256; i++) {
    sgr.append("\u001b[1;38;5;").append(i).append("mword\u001b[0m \u001b[48;2;").append(i).append(";9;99mmore\u001b[m").append(i % 16 == 15 ? "\r\n" : " ");
  }
  pieces.put("SGR-heavy", sgr.toString());
  StringBuilder screen = new StringBuilder();
  for (int i = 0; i < 400; i++) {
    screen.append("\u001b[").append(1 + i * 7 % 50).append(';').append(1 + i * 31 % 180).append("Hcell ").append(i).append("\u001b[K");
  }
  pieces.put("cursor addressing", screen.toString());
  pieces.put("CJK", "漢字かな交じり文は二倍の幅をとる。".repeat(6) + "\r\n");
  pieces.put("scrolling region", "\u001b[10;40r\u001b[40;1H" + "one more line\r\n".repeat(200));
  return pieces;
}

static final Map<String, Double> TARGETS =
    Map.of("plain text", 20.0, "long lines", 20.0, "SGR-heavy", 9.0, "cursor addressing", 8.0, "CJK", 6.0, "scrolling region", 50.0);

/** Bytes of memory that a byte of mixed output may cost. */
static final double MOST_ALLOCATED = 0.1;

byte[] stream(String piece, int bytes) {
  byte[] one = piece.getBytes(StandardCharsets.UTF_8);
  byte[] all = new byte[bytes / one.length * one.length];
  for (int i = 0; i < all.length; i += one.length) {
    System.arraycopy(one, 0, all, i, one.length);
  }
  return all;
}

double ours(byte[] stream, long[] allocated) {
  Emulator emulator = new Emulator(200, 50, HISTORY, answer -> {});
  long before = THREADS.getCurrentThreadAllocatedBytes();
  long start = THREADS.getCurrentThreadCpuTime();
  for (int i = 0; i < stream.length; i += READ) {
    emulator.feed(stream, i, Math.min(READ, stream.length - i));
  }
  double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  allocated[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
  return stream.length / 1e6 / seconds;
}

/** Where it throws, the rest of that read is lost to it. */
double peer(String text, int bytes) {
  ScreenTerminal terminal = new ScreenTerminal(200, 50);
  long start = THREADS.getCurrentThreadCpuTime();
  for (int i = 0; i < text.length(); i += READ) {
    try {
      terminal.write(text.substring(i, Math.min(text.length(), i + READ)));
    } catch (RuntimeException e) {
      thrown.merge(e.toString() + " in " + e.getStackTrace()[0].getMethodName(), 1, Integer::sum);
    }
  }
  return bytes / 1e6 / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
}

/** Seconds from the start of {@code cat} on a pseudo terminal until its last line is on our screen. */
double cat(String file, String lastLine) throws IOException {
  Emulator emulator = new Emulator(200, 50, HISTORY, answer -> {});
  long start = System.nanoTime();
  Process cat = new ProcessBuilder("script", "-qfc", "stty raw -echo; exec cat '" + file + "'", "/dev/null").start();
  cat.getOutputStream().close();
  byte[] read = new byte[READ];
  try (InputStream output = cat.getInputStream()) {
    for (int n = output.read(read); n > 0; n = output.read(read)) {
      emulator.feed(read, 0, n);
    }
  }
  if (!emulator.view(0).text().contains(lastLine)) {
    throw new IllegalStateException("the last line is not there: " + emulator.view(0).text());
  }
  return (System.nanoTime() - start) / 1e9;
}

boolean measure(Kind kind, List<String> targets) {
  String text = new String(kind.stream, 0, Math.min(kind.stream.length, kind.peerBytes), StandardCharsets.UTF_8);
  int peerBytes = text.getBytes(StandardCharsets.UTF_8).length;
  long[] allocated = new long[1];
  double[] ours = new double[kind.rounds];
  double[] peers = new double[kind.rounds];
  ours(kind.stream, allocated);
  for (int i = 0; i < kind.rounds; i++) {
    ours[i] = ours(kind.stream, allocated);
    peers[i] = peer(text, peerBytes);
  }
  Arrays.sort(ours);
  Arrays.sort(peers);
  double median = ours[kind.rounds / 2];
  double peer = peers[kind.rounds / 2];
  IO.println("%-18s %6.0f %3d %10.0f %8.0f %8.0f %14.2f %10.1f %8.1f %8.1f".formatted(
      kind.name, kind.stream.length / 1e6, kind.rounds, median, ours[0], ours[kind.rounds - 1], 1.0 * allocated[0] / kind.stream.length,
      peer, peers[0], peers[kind.rounds - 1]));
  boolean passed = median >= kind.target * peer;
  targets.add("TARGET %s, times ScreenTerminal %.1f >= %.1f %s".formatted(kind.name, median / peer, kind.target, passed ? "PASS" : "FAIL"));
  if (kind.name.equals("mixed")) {
    double bytes = 1.0 * allocated[0] / kind.stream.length;
    boolean spare = bytes <= MOST_ALLOCATED;
    targets.add("TARGET mixed, bytes allocated for a byte %.2f <= %.2f %s".formatted(bytes, MOST_ALLOCATED, spare ? "PASS" : "FAIL"));
    passed &= spare;
  }
  return passed;
}

void main(String[] args) throws IOException {
  int bytes = (int) (Double.parseDouble(args[0]) * 1e6);
  int rounds = Integer.parseInt(args[1]);
  List<String> targets = new ArrayList<>();
  boolean passed = true;
  IO.println("%-18s %6s %3s %10s %8s %8s %14s %10s %8s %8s".formatted(
      "", "MB", "n", "MB/s ours", "min", "max", "allocated B/B", "MB/s peer", "min", "max"));
  for (var piece : pieces().entrySet()) {
    passed &= measure(new Kind(piece.getKey(), stream(piece.getValue(), bytes), bytes / 4, rounds, TARGETS.get(piece.getKey())), targets);
  }
  if (args.length > 2) {
    byte[] mixed = Files.readAllBytes(Path.of(args[2]));
    passed &= measure(new Kind("mixed", mixed, mixed.length, Integer.parseInt(args[3]), 10), targets);
    thrown.forEach((what, times) -> IO.println("ScreenTerminal threw %d times and lost the rest of that read: %s".formatted(times, what)));
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      IO.println("cat " + cat(args[2], args[4]));
    }
  }
  targets.forEach(IO::println);
  System.exit(passed ? 0 : 1);
}
