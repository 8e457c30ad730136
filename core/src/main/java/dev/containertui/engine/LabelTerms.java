package dev.containertui.engine;

import java.util.List;
import java.util.Map;

/**
 * Conditions on labels: {@code key} for one that is there, {@code key=value} for one that has this
 * value. All of {@code wanted} must hold, and none of {@code unwanted}.
 */
record LabelTerms(List<String> wanted, List<String> unwanted) {
  static LabelTerms of(FilterTerms terms) {
    return new LabelTerms(terms.of("label"), terms.of("label!"));
  }

  boolean empty() {
    return wanted.isEmpty() && unwanted.isEmpty();
  }

  boolean match(Map<String, String> labels) {
    return wanted.stream().allMatch(term -> holds(term, labels))
        && unwanted.stream().noneMatch(term -> holds(term, labels));
  }

  private static boolean holds(String term, Map<String, String> labels) {
    int equals = term.indexOf('=');
    return equals < 0
        ? labels.containsKey(term)
        : term.substring(equals + 1).equals(labels.get(term.substring(0, equals)));
  }
}
