package dev.containertui.cli.template;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/** The two ways in which a template fails, in docker's words. */
final class TemplateErrors {
  private static final String HINT =
      "templates are Go's, for example '{{.ID}}: {{.Name}}' or '{{json .}}'";

  private TemplateErrors() {}

  static EngineException syntax(String message) {
    return new EngineException(Kind.INVALID, "template parsing error: " + message, HINT);
  }

  static EngineException execution(String message, String hint) {
    return new EngineException(Kind.INVALID, "template: " + message, hint);
  }
}
