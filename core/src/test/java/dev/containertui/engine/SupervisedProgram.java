package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.WaitCondition;
import dev.containertui.container.Waiting;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with a supervising engine, which is going to be killed. It runs containers of several
 * kinds side by side and says what it has done with each, as soon as it has: {@code started NAME},
 * {@code ended NAME}, {@code removed NAME}.
 */
final class SupervisedProgram {
  static final String READY = "ready";

  /** What its containers do, by the names' first part. */
  enum Kind {
    /** Writes lines one at a time to both streams. */
    LINES(
        "i=0; while [ $i -lt "
            + Kind.LINE_COUNT
            + " ]; do echo $i; echo e$i >&2; i=$((i+1)); done; exit 7",
        7),
    /** Writes many lines at once. */
    BURST("seq 0 " + (Kind.BURST_COUNT - 1) + "; exit 3", 3),
    /** Ends at once, and is removed by its engine. */
    SHORT("echo 0; exit 5", 5),
    /** Is removed by itself when it ends. */
    THROWN("seq 0 99; exit 9", 9);

    static final int LINE_COUNT = 4000;
    static final int BURST_COUNT = 150_000;

    final String script;
    final int exitCode;

    Kind(String script, int exitCode) {
      this.script = script;
      this.exitCode = exitCode;
    }

    static Kind of(String name) {
      return valueOf(name.substring(0, name.indexOf('-')));
    }

    int lines() {
      return switch (this) {
        case LINES -> LINE_COUNT;
        case BURST -> BURST_COUNT;
        case SHORT -> 1;
        case THROWN -> 100;
      };
    }
  }

  private SupervisedProgram() {}

  static Process launch(Path home, String image) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SupervisedProgram.class.getName(),
            home.toString(),
            image)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    LocalEngine engine = LocalEngine.openSupervising(TestEngine.config(Path.of(arguments[0])));
    say(READY);
    List<Thread> threads = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      threads.add(Thread.ofVirtual().start(() -> run(engine, arguments[1], kind)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    // It lives until it is killed.
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void run(LocalEngine engine, String image, Kind kind) {
    try {
      for (int i = 0; i < 3; i++) {
        String name = kind + "-" + i;
        Container container =
            engine
                .containers()
                .create(
                    ContainerSpec.of(image)
                        .name(name)
                        .arguments("sh", "-c", kind.script)
                        .removeOnExit(kind == Kind.THROWN)
                        .build());
        Waiting end = container.watch(WaitCondition.NEXT_EXIT);
        container.start();
        say("started " + name);
        end.await();
        container.awaitEnd();
        say("ended " + name);
        if (kind == Kind.SHORT) {
          container.remove(false);
          say("removed " + name);
        }
      }
    } catch (InterruptedException | EngineException e) {
      e.printStackTrace();
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
