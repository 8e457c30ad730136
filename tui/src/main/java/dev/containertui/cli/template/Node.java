package dev.containertui.cli.template;

import java.util.List;

/** A piece of a template. */
sealed interface Node {
  record Text(String text) implements Node {}

  /** {@code {{expression}}}: its value as text. */
  record Print(Expression expression) implements Node {}

  /** {@code {{$name := expression}}}, or {@code =} if it is not new. */
  record Assign(String name, boolean isNew, Expression expression) implements Node {}

  /** {@code {{if}}…{{else}}…{{end}}}; an {@code else if} is an {@code If} in the else part. */
  record If(Expression condition, List<Node> then, List<Node> otherwise) implements Node {}

  /** {@code {{with}}}: as {@code if}, but the value is the dot of the first part. */
  record With(Expression value, List<Node> then, List<Node> otherwise) implements Node {}

  /**
   * {@code {{range}}}.
   *
   * @param key name of the variable for the index or key; empty if there is none
   * @param value name of the variable for the element; empty if there is none
   */
  record Range(Expression over, String key, String value, List<Node> body, List<Node> otherwise)
      implements Node {}
}
