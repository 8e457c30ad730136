package dev.containertui.cli.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Fills a template in with data. */
final class Evaluator {
  /** More text than anybody formats; a range in a range in a range could make any amount. */
  private static final int MAX_OUTPUT = 64 << 20;

  private final Function<Object, String> json;
  private final StringBuilder out = new StringBuilder();

  Evaluator(Function<Object, String> json) {
    this.json = json;
  }

  String run(List<Node> nodes, Object data) {
    Scope scope = new Scope(null);
    scope.declare("$", data);
    all(nodes, data, scope);
    return out.toString();
  }

  private void all(List<Node> nodes, Object dot, Scope scope) {
    for (Node node : nodes) {
      one(node, dot, scope);
    }
  }

  private void one(Node node, Object dot, Scope scope) {
    switch (node) {
      case Node.Text(String text) -> append(text);
      case Node.Print(Expression expression) -> append(Values.text(value(expression, dot, scope)));
      case Node.Assign(String name, boolean isNew, Expression expression) -> {
        Object value = value(expression, dot, scope);
        if (isNew) {
          scope.declare(name, value);
        } else {
          scope.assign(name, value);
        }
      }
      case Node.If(Expression condition, List<Node> then, List<Node> otherwise) -> {
        boolean holds = Values.truth(value(condition, dot, scope));
        all(holds ? then : otherwise, dot, new Scope(scope));
      }
      case Node.With(Expression expression, List<Node> then, List<Node> otherwise) -> {
        Object value = value(expression, dot, scope);
        boolean holds = Values.truth(value);
        all(holds ? then : otherwise, holds ? value : dot, new Scope(scope));
      }
      case Node.Range range -> range(range, dot, scope);
    }
  }

  private void append(String text) {
    if (out.length() + text.length() > MAX_OUTPUT) {
      throw TemplateErrors.execution("its output is larger than 64 MiB", "");
    }
    out.append(text);
  }

  private void range(Node.Range range, Object dot, Scope scope) {
    Object over = value(range.over(), dot, scope);
    if (over != null && !Values.truth(over) || over == null) {
      all(range.otherwise(), dot, new Scope(scope));
      return;
    }
    Map<Object, Object> elements = new java.util.LinkedHashMap<>();
    switch (over) {
      case Map<?, ?> map -> elements.putAll(Values.sorted(map));
      case Number count -> {
        for (long i = 0; i < Math.min(count.longValue(), MAX_OUTPUT); i++) {
          elements.put(i, i);
        }
      }
      default -> {
        long index = 0;
        for (Object element : Values.list(over, "range")) {
          elements.put(index++, element);
        }
      }
    }
    elements.forEach(
        (key, element) -> {
          Scope inner = new Scope(scope);
          if (!range.key().isEmpty()) {
            inner.declare(range.key(), key);
          }
          if (!range.value().isEmpty()) {
            inner.declare(range.value(), element);
          }
          all(range.body(), element, inner);
        });
  }

  private Object value(Expression expression, Object dot, Scope scope) {
    return switch (expression) {
      case Expression.Literal(Object value) -> value;
      case Expression.Dot _ -> dot;
      case Expression.Variable(String name) -> scope.get(name);
      case Expression.Field(Expression base, String name) -> field(value(base, dot, scope), name);
      case Expression.Function(String name) -> call(name, List.of(), dot, scope, null);
      case Expression.Call(Expression.Function(String name), List<Expression> arguments) ->
          call(name, arguments, dot, scope, null);
      case Expression.Call(Expression callee, List<Expression> arguments) ->
          Functions.callValue(value(callee, dot, scope), values(arguments, dot, scope));
      case Expression.Pipeline(List<Expression> commands) -> pipeline(commands, dot, scope);
    };
  }

  private Object pipeline(List<Expression> commands, Object dot, Scope scope) {
    Object value = value(commands.getFirst(), dot, scope);
    for (Expression command : commands.subList(1, commands.size())) {
      Expression last = new Expression.Literal(value);
      value =
          switch (command) {
            case Expression.Call(Expression.Function(String name), List<Expression> arguments) ->
                call(name, arguments, dot, scope, last);
            case Expression.Call(Expression callee, List<Expression> arguments) ->
                Functions.callValue(
                    value(callee, dot, scope), values(with(arguments, last), dot, scope));
            default ->
                throw TemplateErrors.execution(
                    "what follows '|' must be a function",
                    "functions are " + String.join(", ", Functions.names()));
          };
    }
    return value;
  }

  private Object call(
      String name, List<Expression> given, Object dot, Scope scope, Expression last) {
    List<Expression> arguments = last == null ? given : with(given, last);
    Functions.checkCount(name, arguments.size());
    return switch (name) {
      case "json" -> json.apply(value(arguments.getFirst(), dot, scope));
      case "and", "or" -> shortCircuit(name.equals("and"), arguments, dot, scope);
      default -> Functions.call(name, values(arguments, dot, scope));
    };
  }

  /** The first value that decides, or else the last one. */
  private Object shortCircuit(boolean and, List<Expression> arguments, Object dot, Scope scope) {
    Object value = null;
    for (Expression argument : arguments) {
      value = value(argument, dot, scope);
      if (Values.truth(value) != and) {
        return value;
      }
    }
    return value;
  }

  private static List<Expression> with(List<Expression> arguments, Expression last) {
    List<Expression> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }

  private List<Object> values(List<Expression> expressions, Object dot, Scope scope) {
    List<Object> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(value(expression, dot, scope)));
    return values;
  }

  private static Object field(Object base, String name) {
    if (base instanceof Map<?, ?> map) {
      if (!map.containsKey(name)) {
        throw TemplateErrors.execution(
            "there is no field " + name,
            "there are " + String.join(", ", map.keySet().stream().map(String::valueOf).toList()));
      }
      return map.get(name);
    }
    throw TemplateErrors.execution(
        base == null
            ? "nil has no field " + name
            : "can't evaluate field " + name + " of " + Values.text(base),
        "");
  }

  /** Variables of a block and of those around it. */
  private static final class Scope {
    private final Scope outer;
    private final Map<String, Object> variables = new HashMap<>();

    Scope(Scope outer) {
      this.outer = outer;
    }

    void declare(String name, Object value) {
      variables.put(name, value);
    }

    void assign(String name, Object value) {
      owner(name).variables.put(name, value);
    }

    Object get(String name) {
      return owner(name).variables.get(name);
    }

    private Scope owner(String name) {
      for (Scope scope = this; scope != null; scope = scope.outer) {
        if (scope.variables.containsKey(name)) {
          return scope;
        }
      }
      throw TemplateErrors.execution("undefined variable \"" + name + "\"", "");
    }
  }
}
