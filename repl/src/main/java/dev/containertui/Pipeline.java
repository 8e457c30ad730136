package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Processes, in one or in several containers, of which each reads what the one before writes. All
 * of them run at the same time; a slow reader holds back those before it, and nothing piles up.
 *
 * <p>Its exit code is the last one that is not 0, as with a shell's {@code pipefail}; but that a
 * process was ended by SIGPIPE, because the one behind it had read enough, is no failure.
 */
public final class Pipeline implements Output, Viewable {
  private static final int ENDED_BY_SIGPIPE = 128 + 13;

  private final List<Job> jobs;
  private final List<Collector> errors;
  private final ReentrantLock collecting = new ReentrantLock();
  private volatile Result collected;
  private volatile byte[] output;

  private Pipeline(List<Job> jobs, List<Collector> errors) {
    this.jobs = jobs;
    this.errors = errors;
  }

  static Pipeline of(Job first) {
    return new Pipeline(List.of(first), List.of());
  }

  /** Adds a process at the end. */
  public Pipeline pipe(Job next) {
    Args.required("pipe(job)", "process", next);
    Job last = jobs.getLast();
    if (jobs.contains(next)) {
      throw new EngineException(
          Kind.INVALID, "pipe(job): " + next.command() + " is in this pipe already");
    }
    List<Job> more = new ArrayList<>(jobs);
    more.add(next);
    List<Collector> kept = new ArrayList<>(errors);
    // Nobody else reads it, and unread it would stall the pipe.
    kept.add(new Collector(last.errors(), last::destroyForcibly));
    if (jobs.size() == 1) {
      last.closeUnusedInput();
    }
    OutputStream to = next.input(); // now: who collects it must not take it for unused
    Thread.ofVirtual()
        .name("pipe")
        .start(
            () -> {
              if (!Pump.copy(last.output(), to)) {
                last.breakPipe();
              }
            });
    return new Pipeline(List.copyOf(more), List.copyOf(kept));
  }

  /** Ends all of them if they still run so long after this call. */
  public Pipeline timeout(Duration limit) {
    jobs.forEach(job -> job.timeout(limit));
    return this;
  }

  /** The same: {@code "500ms"}, {@code "10s"}, {@code "1m30s"}. */
  public Pipeline timeout(String limit) {
    return timeout(Args.duration("timeout(duration)", limit));
  }

  /** Waits for the end; the exit code of each, in order. */
  public List<Integer> codes() {
    return result().codes();
  }

  @Override
  public Result result() {
    try {
      collecting.lockInterruptibly();
    } catch (InterruptedException e) {
      throw cancelled();
    }
    try {
      if (collected == null) {
        collected = collect();
      }
      return collected;
    } catch (InterruptedException e) {
      throw cancelled();
    } finally {
      collecting.unlock();
    }
  }

  private Result collect() throws InterruptedException {
    Job.Collected end;
    try {
      end = jobs.getLast().collect();
    } catch (EngineException e) {
      jobs.forEach(Job::destroyForcibly);
      throw e;
    }
    List<Integer> codes = new ArrayList<>();
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < jobs.size() - 1; i++) {
      codes.add(jobs.get(i).await());
      said.append(Job.utf8(errors.get(i).bytes(jobs.get(i).command())));
    }
    codes.add(end.code());
    said.append(Job.utf8(end.errors()));
    output = end.output();
    return new Result(command(), code(codes), codes, Job.utf8(end.output()), said.toString());
  }

  /** Standard output of the last one as it came, byte for byte; as {@link #text} otherwise. */
  public byte[] bytes() {
    result().orFail();
    return output.clone();
  }

  private String command() {
    return String.join(" | ", jobs.stream().map(Job::command).toList());
  }

  private static int code(List<Integer> codes) {
    if (codes.getLast() != 0) {
      return codes.getLast();
    }
    return codes.reversed().stream()
        .filter(code -> code != 0 && code != ENDED_BY_SIGPIPE)
        .findFirst()
        .orElse(0);
  }

  private EngineException cancelled() {
    jobs.forEach(Job::destroyForcibly);
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, command() + " was cancelled");
  }

  @Override
  public View view() {
    return collected != null ? collected.view() : jobs.getLast().view();
  }

  /** The commands. */
  @Override
  public String toString() {
    return command();
  }
}
