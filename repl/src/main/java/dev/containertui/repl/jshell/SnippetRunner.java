package dev.containertui.repl.jshell;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/**
 * A JShell whose snippets live in this process and share its objects.
 *
 * <p>JShell is made on a thread of this object's own, which begins at once and does everything that
 * touches JShell from then on, one thing after the other: completion that came too late cannot
 * disturb an evaluation.
 */
public final class SnippetRunner implements AutoCloseable {
  /** How long a snippet that was told to stop by an interrupt may take to do so. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("jshell").factory());
  private final Future<JShell> shell;
  private final LiveExecutionControl control;
  private volatile Future<?> running;
  private String label = "startup"; // this and the next are touched by the worker only
  private final ResultNames names = new ResultNames();

  /**
   * Starts to make a JShell; returns at once.
   *
   * @param startup snippets to evaluate before all others
   * @param onValue called with every snippet's value, in the snippet's thread
   */
  public SnippetRunner(List<String> startup, Consumer<Object> onValue) {
    this(startup, onValue, new CountDownLatch(0));
  }

  /**
   * The same, but it starts when somebody gives the word.
   *
   * @param go counted down to zero, also if nothing is to be evaluated any more
   */
  public SnippetRunner(List<String> startup, Consumer<Object> onValue, CountDownLatch go) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    control = new LiveExecutionControl(SnippetRunner.class.getClassLoader(), onValue);
    // JShell's loader puts itself in this place as a side effect; only the worker shall have it.
    ClassLoader snippets = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(before);
    shell =
        worker.submit(
            () -> {
              go.await();
              Thread.currentThread().setContextClassLoader(snippets);
              return ShellMaker.make(control, startup, () -> label, names::offer);
            });
  }

  /**
   * Evaluates one snippet and waits for its end.
   *
   * <p>If the calling thread is interrupted, the snippet is stopped and the outcome is {@link
   * Outcome.Stopped}, at the latest after a grace time, even if the snippet does not react; the
   * thread's interrupt flag is then set.
   *
   * @param source a complete snippet
   * @param label what {@link Outcome.Frame} calls this snippet, unique in the session; no dots
   */
  public Outcome evaluate(String source, String label) {
    return submit(source, label, () -> evaluateNow(source));
  }

  /**
   * The same, for {@link #runs}: it is compiled once and run several times, one after the other,
   * until one of them fails. Its value is told to nobody and kept nowhere.
   */
  public Outcome measure(String source, String label, int times) {
    return submit(source, label, () -> measureNow(source, times));
  }

  private Outcome submit(String source, String label, Callable<Outcome> evaluation) {
    Future<Outcome> task =
        worker.submit(
            () -> {
              this.label = label;
              return evaluation.call();
            });
    running = task;
    try {
      return task.get();
    } catch (CancellationException e) {
      return new Outcome.Stopped();
    } catch (InterruptedException e) {
      control.cancel();
      awaitStop(task);
      Thread.currentThread().interrupt();
      return new Outcome.Stopped();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static void awaitStop(Future<?> task) {
    try {
      task.get(STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | TimeoutException | ExecutionException e) {
      // Asked twice, or it does not react: the caller goes on without it.
      return;
    }
  }

  /**
   * Stops the running snippet, whatever it does, and all that follow until {@link #rearm}; callable
   * from any thread.
   */
  public void cancel() {
    control.cancel();
  }

  /** Takes the last {@link #cancel} back: snippets run again. */
  public void rearm() {
    control.rearm();
  }

  /** Lets {@link #evaluate} return although the snippet, which did not react to a stop, runs on. */
  public void abandon() {
    Future<?> task = running;
    if (task != null) {
      task.cancel(false);
    }
  }

  private Outcome evaluateNow(String source) throws Exception {
    JShell jshell = shell.get();
    control.expect(1, true);
    Outcome outcome = run(jshell, source);
    return outcome instanceof Outcome.Done done && done.temporary() ? named(jshell, done) : outcome;
  }

  private Outcome measureNow(String source, int times) throws Exception {
    JShell jshell = shell.get();
    control.expect(times, false);
    Outcome outcome = run(jshell, source);
    if (outcome instanceof Outcome.Done done && done.temporary()) {
      done.variable().flatMap(name -> variable(jshell, name)).ifPresent(jshell::drop);
    }
    return outcome;
  }

  private Outcome run(JShell jshell, String source) {
    if (control.cancelled()) {
      return new Outcome.Stopped();
    }
    Evaluated evaluated = new Evaluated(jshell, source, jshell.eval(source));
    Outcome outcome =
        control.cancelled()
            ? new Outcome.Stopped()
            : evaluated.outcome(control.thrown(), control.value());
    if (outcome instanceof Outcome.Thrown || outcome instanceof Outcome.Stopped) {
      // JShell has them all the same, as null or 0.
      evaluated.valueless(control.ended()).forEach(jshell::drop);
    }
    return outcome;
  }

  /** The same result under its proper name. */
  private Outcome.Done named(JShell jshell, Outcome.Done done) {
    String name = done.variable().orElseThrow();
    Optional<String> proper = names.kept(name);
    if (proper.isEmpty()) {
      return done;
    }
    String erased = variable(jshell, name).orElseThrow().typeName().replaceFirst("<.*", "");
    // A type that only the compiler has words for, as that of List.of(1, "x"), comes as a raw one.
    for (String type : List.of("var", erased, "Object")) {
      control.expect(1, false);
      List<SnippetEvent> events = jshell.eval(type + " " + proper.get() + " = " + name + ";");
      if (events.stream().allMatch(event -> event.status() == Status.VALID)) {
        break;
      }
    }
    return new Outcome.Done(proper, true, false, done.value());
  }

  /**
   * Asks the analysis of sources; empty if there is no answer in time.
   *
   * @param limit how long to wait, the wait for earlier work included
   */
  public <T> Optional<T> analyse(Duration limit, Function<SourceCodeAnalysis, T> question) {
    return ask(limit, () -> question.apply(shell.get().sourceCodeAnalysis()));
  }

  /** The variables of the session with their live values, oldest first. */
  public List<Variable> variables() {
    return ask(
            Duration.ofSeconds(30),
            () -> {
              List<Variable> variables = new ArrayList<>();
              JShell jshell = shell.get();
              for (VarSnippet snippet :
                  jshell.variables().filter(v -> !ResultNames.isDetour(v.name())).toList()) {
                jshell.varValue(snippet);
                variables.add(new Variable(snippet.name(), snippet.typeName(), control.value()));
              }
              return variables;
            })
        .orElse(List.of());
  }

  /** The declarations that still refer to what does not exist. */
  public List<Outcome.Unresolved> unresolved() {
    return ask(
            Duration.ofSeconds(30),
            () -> {
              JShell jshell = shell.get();
              return jshell
                  .snippets()
                  .filter(snippet -> Evaluated.isUnresolved(jshell.status(snippet)))
                  .filter(DeclarationSnippet.class::isInstance)
                  .map(snippet -> Evaluated.unresolved(jshell, (DeclarationSnippet) snippet))
                  .toList();
            })
        .orElse(List.of());
  }

  /** A variable of the session with its live value; empty also if there is no answer in time. */
  public Optional<Variable> variable(Duration limit, String name) {
    return ask(
            limit,
            () -> {
              JShell jshell = shell.get();
              Optional<VarSnippet> snippet = variable(jshell, name);
              if (snippet.isEmpty()) {
                return Optional.<Variable>empty();
              }
              jshell.varValue(snippet.get());
              return Optional.of(new Variable(name, snippet.get().typeName(), control.value()));
            })
        .flatMap(found -> found);
  }

  /** Gives a variable of the session a value, if there is one whose type allows it. */
  public void assign(String name, Object value) {
    ask(
        Duration.ofSeconds(30),
        () -> {
          JShell jshell = shell.get();
          Optional<VarSnippet> snippet = variable(jshell, name);
          if (snippet.isPresent()) {
            control.storeNext(value);
            jshell.varValue(snippet.get());
          }
          return true;
        });
  }

  private static Optional<VarSnippet> variable(JShell jshell, String name) {
    return jshell.variables().filter(variable -> variable.name().equals(name)).findFirst();
  }

  /** The methods and types that the session declares, oldest first. */
  public List<Declaration> declarations() {
    return ask(
            Duration.ofSeconds(30),
            () -> {
              JShell jshell = shell.get();
              List<Declaration> declarations = new ArrayList<>();
              jshell
                  .methods()
                  .forEach(m -> declarations.add(new Declaration(m.name(), m.signature())));
              jshell
                  .types()
                  .forEach(
                      t ->
                          declarations.add(
                              new Declaration(
                                  t.name(),
                                  t.subKind()
                                      .name()
                                      .replace("_SUBKIND", "")
                                      .toLowerCase(Locale.ROOT))));
              return declarations;
            })
        .orElse(List.of());
  }

  /** Whether JShell has come up, so that questions are answered at once. */
  public boolean isReady() {
    return shell.isDone();
  }

  /** How long each run of the last snippet took, without its compilation, in their order. */
  public List<Duration> runs() {
    return control.runs();
  }

  /** A variable of the session. */
  public record Variable(String name, String type, Object value) {}

  /**
   * A method or a type of the session.
   *
   * @param signature of a method: parameters and result, {@code (int)String}; of a type: its kind
   */
  public record Declaration(String name, String signature) {}

  private <T> Optional<T> ask(Duration limit, Callable<T> question) {
    Future<T> answer = worker.submit(question);
    try {
      return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      // Without an interrupt: the compiler's file system does not survive one.
      answer.cancel(false);
      return Optional.empty();
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static EngineException failure(Throwable cause) {
    if (cause instanceof ExecutionException inner && inner.getCause() != null) {
      return failure(inner.getCause());
    }
    if (cause instanceof EngineException known) {
      return known;
    }
    return new EngineException(
        Kind.INTERNAL,
        "the Java evaluator failed: " + cause,
        "a full JDK 25 is needed (modules jdk.jshell and jdk.compiler), not a JRE",
        cause);
  }

  /** Stops what runs and lets JShell go. */
  @Override
  public void close() {
    control.cancel();
    worker.submit(
        () -> {
          shell.get().close();
          return null;
        });
    worker.shutdown();
  }
}
