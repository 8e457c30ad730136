package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that a guest has not answered yet, and who waits for each. */
final class PendingRequests {
  /** Bounds what an unresponsive guest can make callers leave behind. */
  private static final int MAX_PENDING = 1024;

  private final Map<Integer, CompletableFuture<Answer>> requests = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();

  /** A request that is about to be sent. */
  record Pending(int id, CompletableFuture<Answer> answer) {}

  /**
   * A new number, with the answer to come.
   *
   * @throws EngineException UNAVAILABLE if far too many are unanswered
   */
  Pending add() {
    if (requests.size() >= MAX_PENDING) {
      throw new EngineException(Kind.UNAVAILABLE, "the guest has stopped answering");
    }
    int id = last.updateAndGet(number -> number == Integer.MAX_VALUE ? 1 : number + 1);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    requests.put(id, answer);
    return new Pending(id, answer);
  }

  void answered(int id, Answer answer) throws ProtocolViolation {
    CompletableFuture<Answer> request = requests.remove(id);
    if (request == null) {
      throw new ProtocolViolation("an answer to request " + id + ", which was not asked");
    }
    request.complete(answer);
  }

  void failAll(EngineException reason) {
    requests.values().forEach(request -> request.completeExceptionally(reason));
  }

  /**
   * Waits for an answer. One that nobody waits for any more is dropped when it comes.
   *
   * @param what was asked for, for errors
   */
  static <T> T await(CompletableFuture<T> answer, String what, Duration deadline) {
    try {
      return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw AgentFailure.cancelled(what, e);
    } catch (TimeoutException e) {
      throw new EngineException(
          Kind.TIMEOUT,
          "the guest did not answer within " + deadline.toSeconds() + " s: " + what,
          e);
    } catch (ExecutionException e) {
      throw AgentFailure.again(e.getCause());
    }
  }
}
