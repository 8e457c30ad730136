package dev.containertui.repl.jshell;

import java.util.List;
import java.util.Optional;

/** How a snippet ended. */
public sealed interface Outcome {
  /**
   * It was accepted and ran.
   *
   * @param variable that holds the value: the declared one, or JShell's own ({@code $7}); empty if
   *     there is no value
   * @param temporary whether JShell invented the variable
   * @param declaration whether it declared the variable or assigned to it, as against an expression
   *     that was asked for its value
   * @param value the live value; null also if there is none
   */
  record Done(Optional<String> variable, boolean temporary, boolean declaration, Object value)
      implements Outcome {
    /** Whether it is an expression that was asked for its value. */
    public boolean isExpression() {
      return variable.isPresent() && !declaration;
    }
  }

  /**
   * A declaration was accepted but cannot be used until what it refers to exists.
   *
   * @param label of the snippet, as given when it was evaluated
   * @param unresolved what is missing, for example {@code method foo(int)}
   */
  record Unresolved(String label, String declaration, List<String> unresolved) implements Outcome {
    public Unresolved {
      unresolved = List.copyOf(unresolved);
    }
  }

  /** The compiler refused it. At least one problem. */
  record Rejected(List<Problem> problems) implements Outcome {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }

  /**
   * It ran and threw.
   *
   * @param thrown the live exception
   * @param frames of its stack trace that lie in snippets, innermost first
   * @param cause its cause, told in the same way
   */
  record Thrown(Throwable thrown, List<Frame> frames, Optional<Thrown> cause) implements Outcome {
    public Thrown {
      frames = List.copyOf(frames);
    }
  }

  /** It was stopped. */
  record Stopped() implements Outcome {}

  /**
   * A compiler's message.
   *
   * @param start first character concerned, an offset in the snippet's source
   * @param position the character to point at
   * @param end after the last character concerned
   */
  record Problem(int start, int position, int end, String message) {}

  /**
   * A place in a snippet.
   *
   * @param label of the snippet, as given when it was evaluated
   * @param line in that snippet's source, from 1
   */
  record Frame(String label, int line) {}
}
