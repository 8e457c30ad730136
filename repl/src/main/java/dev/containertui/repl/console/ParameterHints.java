package dev.containertui.repl.console;

import dev.containertui.repl.jshell.CallSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The parameters that a call still wants, as a word of advice behind the cursor. Never waits: what
 * it does not know it asks for, and says when the answer is there.
 */
final class ParameterHints {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_KEPT = 200;

  private final Documentation documentation;
  private final LastValue lastValue;
  private final Runnable whenKnown;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final Map<String, List<Documentation.Entry>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Documentation.Entry>> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * @param whenKnown called from another thread when a hint can be had that was asked for
   */
  ParameterHints(Documentation documentation, LastValue lastValue, Runnable whenKnown) {
    this.documentation = documentation;
    this.lastValue = lastValue;
    this.whenKnown = whenKnown;
  }

  /** What could follow the text; empty if nothing is wanted, or not known yet. */
  String hint(String text) {
    Optional<CallSite> call = CallSite.atEndOf(text);
    if (call.isEmpty() || !call.get().blank()) {
      return "";
    }
    String question = lastValue.resolve(text.substring(0, call.get().open()));
    List<Documentation.Entry> signatures;
    synchronized (known) {
      signatures = known.get(question);
    }
    if (signatures == null) {
      ask(question);
      return "";
    }
    return hint(signatures, call.get().argument());
  }

  static String hint(List<Documentation.Entry> signatures, int argument) {
    List<String> fitting = new ArrayList<>();
    for (Documentation.Entry entry : signatures) {
      List<String> parameters = CallSignature.parameters(entry.signature());
      boolean open = !parameters.isEmpty() && CallSignature.isVariable(parameters.getLast());
      if (argument < parameters.size()) {
        fitting.add(String.join(", ", parameters.subList(argument, parameters.size())) + ")");
      } else if (argument > 0 && open) {
        fitting.add(parameters.getLast() + ")");
      } else if (argument == 0) {
        fitting.add(")");
      }
    }
    if (fitting.isEmpty()) {
      return "";
    }
    int more = fitting.size() - 1;
    return fitting.getFirst() + (more == 0 ? "" : "  or " + more + " more, Tab shows them");
  }

  private void ask(String question) {
    if (!asking.compareAndSet(false, true)) {
      return; // one at a time; the next key asks again
    }
    Thread.startVirtualThread(
        () -> {
          try {
            List<Documentation.Entry> entries = documentation.entries(question, LIMIT, false);
            synchronized (known) {
              known.put(question, entries);
            }
          } finally {
            asking.set(false);
          }
          whenKnown.run();
        });
  }

  /** Forgets everything, because what was evaluated may have changed it. */
  void forget() {
    synchronized (known) {
      known.clear();
    }
  }
}
