package dev.containertui.cli.template;

import java.util.List;

/** What stands between {@code {{} and {@code }}}. */
sealed interface Expression {
  /** A string, number, boolean or nil. */
  record Literal(Object value) implements Expression {}

  /** {@code .}: what the template is about here. */
  record Dot() implements Expression {}

  /** {@code $} or {@code $name}. */
  record Variable(String name) implements Expression {}

  /** {@code base.name}. */
  record Field(Expression base, String name) implements Expression {}

  /** A function, or a value that takes arguments, before them. */
  record Call(Expression callee, List<Expression> arguments) implements Expression {}

  /** The name of a function. */
  record Function(String name) implements Expression {}

  /** {@code a | b}: the value of one command is the last argument of the next. */
  record Pipeline(List<Expression> commands) implements Expression {}
}
