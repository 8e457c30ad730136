package dev.containertui.repl.jshell;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jdk.jshell.execution.LocalExecutionControl;

/**
 * Runs snippets in this process and keeps what they returned or threw as the live object.
 *
 * <p>JShell itself hands out only the text of a value and the name of an exception. Of its local
 * execution, the checks for a stop that it weaves into every method and loop are kept. The threads
 * are our own: the JDK's waits for every thread that happens to be in the snippet's thread group
 * after the start, so a snippet that starts a long-lived thread early never ends, and a stop
 * interrupts threads that the engine started on behalf of the snippet.
 */
final class LiveExecutionControl extends LocalExecutionControl {
  /** Run by the JDK's way before each snippet: it takes back the order to stop. */
  private static final Method NOTHING;

  static {
    try {
      NOTHING = LiveExecutionControl.class.getDeclaredMethod("nothing");
      NOTHING.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Consumer<Object> onValue;
  private volatile boolean cancelled;
  private volatile Thread thread;
  private volatile Object value;
  private volatile Throwable thrown;
  private volatile List<Duration> runs = List.of();
  private final List<Boolean> ended = new CopyOnWriteArrayList<>();
  private int times = 1; // like the variables below touched by JShell's thread only
  private boolean told = true;
  private boolean storing;
  private Object stored;

  /**
   * @param parent loader of the classes that snippets share with the host
   * @param onValue called in the snippet's own thread with its value, so that a stop reaches it too
   */
  LiveExecutionControl(ClassLoader parent, Consumer<Object> onValue) {
    super(parent);
    this.onValue = onValue;
  }

  /**
   * Forgets how the last snippet ended.
   *
   * @param times how often the next one is to be run
   * @param told whether its value is told
   */
  void expect(int times, boolean told) {
    this.times = times;
    this.told = told;
    value = null;
    thrown = null;
    ended.clear();
    runs = List.of();
  }

  /** Forgets that a stop was asked for. */
  void rearm() {
    cancelled = false;
  }

  /** Stops the running snippet, and every one that comes until {@link #rearm}. */
  void cancel() {
    cancelled = true;
    try {
      stop();
    } catch (EngineTerminationException | InternalException e) {
      // Nothing has run yet; what comes looks at the flag before it does anything.
      return;
    }
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  boolean cancelled() {
    return cancelled;
  }

  Object value() {
    return value;
  }

  Throwable thrown() {
    return thrown;
  }

  /** How long each run took, without compilation; of a source of several snippets, of the last. */
  List<Duration> runs() {
    return runs;
  }

  /** Of the snippets of the last source that were begun, in their order, which came to an end. */
  List<Boolean> ended() {
    return List.copyOf(ended);
  }

  /** The next variable that is asked for its value gets this one. */
  void storeNext(Object next) {
    storing = true;
    stored = next;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    super.invoke(NOTHING);
    Thread runner =
        Thread.ofPlatform().daemon().name("snippet").unstarted(() -> runAndKeep(snippet));
    thread = runner;
    runner.start();
    runner.join();
    thread = null;
    if (cancelled) {
      throw new StoppedException();
    }
    if (thrown != null) {
      throw new InvocationTargetException(thrown);
    }
    return "";
  }

  private static Object nothing() {
    return null;
  }

  private void runAndKeep(Method snippet) {
    if (cancelled) {
      return;
    }
    ended.add(false);
    try {
      List<Duration> took = new ArrayList<>();
      Object result = null;
      for (int i = 0; i < times && !cancelled; i++) {
        long began = System.nanoTime();
        result = snippet.invoke(null);
        took.add(Duration.ofNanos(System.nanoTime() - began));
      }
      runs = List.copyOf(took);
      value = result;
      ended.set(ended.size() - 1, true);
      if (told) {
        onValue.accept(result);
      }
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
    } catch (IllegalAccessException | RuntimeException | Error e) {
      thrown = e;
    }
  }

  @Override
  public String varValue(String className, String name) throws RunException, InternalException {
    try {
      Field variable = findClass(className).getDeclaredField(name);
      variable.setAccessible(true);
      if (storing) {
        variable.set(null, stored);
      }
      value = variable.get(null);
      return "";
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new InternalException(e.toString());
    } finally {
      storing = false;
      stored = null;
    }
  }
}
