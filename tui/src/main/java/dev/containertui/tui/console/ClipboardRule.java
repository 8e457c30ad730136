package dev.containertui.tui.console;

import java.util.Optional;

/**
 * Whether a console's guest may write to the user's clipboard.
 *
 * @param wish what it last wanted there, while nobody has decided
 */
record ClipboardRule(Policy policy, Optional<String> wish) {
  static final ClipboardRule UNDECIDED = new ClipboardRule(Policy.ASK, Optional.empty());
  static final ClipboardRule ALLOWED = new ClipboardRule(Policy.ALLOW, Optional.empty());
  static final ClipboardRule REFUSED = new ClipboardRule(Policy.REFUSE, Optional.empty());

  /** What to do with a wish. */
  enum Policy {
    ASK,
    ALLOW,
    REFUSE
  }

  ClipboardRule wish(String text) {
    return new ClipboardRule(policy, Optional.of(text));
  }
}
