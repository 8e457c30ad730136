package dev.containertui.repl.jshell;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.LocalExecutionControlProvider;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A JShell whose snippets live in this process and share its objects.
 *
 * <p>JShell is made on a thread of this object's own, which begins at once and does everything that
 * touches JShell from then on, one thing after the other: completion that came too late cannot
 * disturb an evaluation.
 */
public final class SnippetRunner implements AutoCloseable {
  /** Classes whose code must be on the compiler's class path whatever started this process. */
  private static final List<Class<?>> ANCHORS =
      List.of(SnippetRunner.class, dev.containertui.engine.Engine.class);

  /** How long a snippet that was told to stop by an interrupt may take to do so. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);

  private static final int MOST_CAUSES = 16;

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("jshell").factory());
  private final Future<JShell> shell;
  private final LiveExecutionControl control;
  private volatile Future<?> running;
  private String label = "startup"; // touched by the worker only

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
              return create(startup);
            });
  }

  private JShell create(List<String> startup) {
    var provider =
        new LocalExecutionControlProvider() {
          @Override
          public ExecutionControl createExecutionControl(
              ExecutionEnv environment, Map<String, String> parameters) {
            return control;
          }
        };
    JShell made =
        JShell.builder()
            .executionEngine(provider, Map.of())
            .compilerOptions("--class-path", classPath())
            .idGenerator((snippet, number) -> label + "." + number)
            .build();
    for (String source : startup) {
      for (SnippetEvent event : made.eval(source)) {
        if (event.status() != Status.VALID || event.exception() != null) {
          throw new EngineException(Kind.INTERNAL, "the console cannot evaluate: " + source);
        }
      }
    }
    return made;
  }

  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(entry);
      }
    }
    for (Class<?> anchor : ANCHORS) {
      CodeSource source = anchor.getProtectionDomain().getCodeSource();
      try {
        if (source != null && source.getLocation() != null) {
          entries.add(Path.of(source.getLocation().toURI()).toString());
        }
      } catch (URISyntaxException | IllegalArgumentException e) {
        throw new EngineException(
            Kind.INTERNAL, "the program's own code is not in a file: " + source.getLocation(), e);
      }
    }
    return String.join(File.pathSeparator, entries);
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
    Future<Outcome> task =
        worker.submit(
            () -> {
              this.label = label;
              return evaluateNow(source);
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
    if (control.cancelled()) {
      return new Outcome.Stopped();
    }
    control.forget();
    List<SnippetEvent> events =
        jshell.eval(source).stream().filter(e -> e.causeSnippet() == null).toList();
    if (control.cancelled()) {
      return new Outcome.Stopped();
    }
    for (SnippetEvent event : events) {
      if (event.status() == Status.REJECTED) {
        return new Outcome.Rejected(problems(jshell, event.snippet(), source));
      }
    }
    for (SnippetEvent event : events) {
      if (event.exception() != null) {
        Throwable thrown = control.thrown() != null ? control.thrown() : event.exception();
        return thrown(thrown, event.exception(), 0);
      }
    }
    if (events.isEmpty()) {
      return new Outcome.Done(Optional.empty(), false, false, null);
    }
    SnippetEvent last = events.getLast();
    if (isUnresolved(last.status()) && last.snippet() instanceof DeclarationSnippet declaration) {
      return unresolved(jshell, declaration);
    }
    Optional<String> variable =
        switch (last.snippet()) {
          case VarSnippet v -> Optional.of(v.name());
          case jdk.jshell.ExpressionSnippet e -> Optional.of(e.name());
          default -> Optional.empty();
        };
    boolean temporary = last.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    boolean declaration =
        last.snippet() instanceof VarSnippet && !temporary
            || last.snippet().subKind() == Snippet.SubKind.ASSIGNMENT_SUBKIND;
    return new Outcome.Done(variable, temporary, declaration, control.value());
  }

  /**
   * JShell's copy of an exception knows the places in snippets, the live one everything else: both
   * are followed from cause to cause.
   */
  private static Outcome.Thrown thrown(Throwable live, Throwable copy, int depth) {
    Optional<Outcome.Thrown> cause =
        live.getCause() == null || copy.getCause() == null || depth == MOST_CAUSES
            ? Optional.empty()
            : Optional.of(thrown(live.getCause(), copy.getCause(), depth + 1));
    return new Outcome.Thrown(live, frames(copy), cause);
  }

  private static boolean isUnresolved(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  private static Outcome.Unresolved unresolved(JShell jshell, DeclarationSnippet declaration) {
    return new Outcome.Unresolved(
        label(declaration.id()),
        declaration.name(),
        jshell.unresolvedDependencies(declaration).toList());
  }

  private static String label(String id) {
    return id.contains(".") ? id.substring(0, id.lastIndexOf('.')) : id;
  }

  private static List<Outcome.Problem> problems(JShell jshell, Snippet snippet, String source) {
    List<Outcome.Problem> problems = new ArrayList<>();
    for (Diag diag : jshell.diagnostics(snippet).filter(Diag::isError).toList()) {
      problems.add(
          new Outcome.Problem(
              clamp(diag.getStartPosition(), source),
              clamp(diag.getPosition(), source),
              clamp(diag.getEndPosition(), source),
              message(diag)));
    }
    if (problems.isEmpty()) {
      problems.add(new Outcome.Problem(0, 0, source.length(), "not understood"));
    }
    return problems;
  }

  private static int clamp(long position, String source) {
    return Math.clamp(position, 0, source.length());
  }

  /** The compiler's message without the line that names the class around the snippet. */
  private static String message(Diag diag) {
    return String.join(
        "\n",
        diag.getMessage(Locale.getDefault())
            .lines()
            .filter(line -> !line.strip().startsWith("location:"))
            .toList());
  }

  private static List<Outcome.Frame> frames(Throwable exception) {
    List<Outcome.Frame> frames = new ArrayList<>();
    for (StackTraceElement element : exception.getStackTrace()) {
      String file = element.getFileName();
      if (file != null && file.startsWith("#") && element.getLineNumber() > 0) {
        frames.add(new Outcome.Frame(label(file.substring(1)), element.getLineNumber()));
      }
    }
    return frames;
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
              for (VarSnippet snippet : jshell.variables().toList()) {
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
                  .filter(snippet -> isUnresolved(jshell.status(snippet)))
                  .filter(DeclarationSnippet.class::isInstance)
                  .map(snippet -> unresolved(jshell, (DeclarationSnippet) snippet))
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
              Optional<VarSnippet> snippet = named(jshell, name);
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
          Optional<VarSnippet> snippet = named(jshell, name);
          if (snippet.isPresent()) {
            control.storeNext(value);
            jshell.varValue(snippet.get());
          }
          return true;
        });
  }

  private static Optional<VarSnippet> named(JShell jshell, String name) {
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

  /** How long the last snippet ran, without its compilation. */
  public Duration lastRun() {
    return Duration.ofNanos(control.runNanos());
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
